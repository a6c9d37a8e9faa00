impl From<Maybe<Amount>> for Option<Decimal> {
    fn from(Maybe(number): Maybe<Amount>) -> Self {
        number.map(Decimal::from)
    }
}
