impl From<Maybe<Real>> for Option<f64> {
    fn from(Maybe(number): Maybe<Real>) -> Self {
        number.map(f64::from)
    }
}
