impl From<Maybe<Big>> for Option<i64> {
    fn from(Maybe(number): Maybe<Big>) -> Self {
        number.map(i64::from)
    }
}
