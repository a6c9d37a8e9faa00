impl From<Maybe<Day>> for Option<NaiveDate> {
    fn from(Maybe(date): Maybe<Day>) -> Self {
        date.map(NaiveDate::from)
    }
}
