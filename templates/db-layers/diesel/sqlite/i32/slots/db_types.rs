/// A number of 32 bits, stored with 64, as `INTEGER` is.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Int(i32);

impl From<Int> for i32 {
    fn from(Int(number): Int) -> Self {
        number
    }
}

impl From<i32> for Int {
    fn from(number: i32) -> Self {
        Self(number)
    }
}

impl FromSql<BigInt, Sqlite> for Int {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let number = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
        Ok(Self(number.try_into()?))
    }
}

impl ToSql<BigInt, Sqlite> for Int {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i64::from(self.0));
        Ok(IsNull::No)
    }
}
