impl From<Maybe<Int>> for Option<i32> {
    fn from(Maybe(number): Maybe<Int>) -> Self {
        number.map(i32::from)
    }
}
