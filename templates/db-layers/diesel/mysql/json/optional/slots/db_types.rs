impl From<Maybe<Json>> for Option<Value> {
    fn from(Maybe(value): Maybe<Json>) -> Self {
        value.map(Value::from)
    }
}
