impl From<Maybe<Flag>> for Option<bool> {
    fn from(Maybe(flag): Maybe<Flag>) -> Self {
        flag.map(bool::from)
    }
}
