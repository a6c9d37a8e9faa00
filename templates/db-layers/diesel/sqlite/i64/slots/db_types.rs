/// A number of 64 bits, which SQLite's `INTEGER` holds, unlike Diesel's.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
pub struct Big(i64);

impl From<Big> for i64 {
    fn from(Big(number): Big) -> Self {
        number
    }
}

impl From<i64> for Big {
    fn from(number: i64) -> Self {
        Self(number)
    }
}

impl FromSql<Integer, Sqlite> for Big {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <i64 as FromSql<BigInt, Sqlite>>::from_sql(value).map(Self)
    }
}

impl ToSql<Integer, Sqlite> for Big {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}
