/// JSON, stored as text.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Json(Value);

impl From<Json> for Value {
    fn from(Json(value): Json) -> Self {
        value
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl FromSql<Text, Mysql> for Json {
    fn from_sql(value: <Mysql as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Mysql>>::from_sql(value)?;
        Ok(Self(text.parse()?))
    }
}

impl ToSql<Text, Mysql> for Json {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
        <String as ToSql<Text, Mysql>>::to_sql(&self.0.to_string(), &mut out.reborrow())
    }
}
