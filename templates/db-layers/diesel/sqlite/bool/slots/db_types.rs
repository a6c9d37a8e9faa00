/// A boolean, stored as 0 or 1.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Flag(bool);

impl From<Flag> for bool {
    fn from(Flag(flag): Flag) -> Self {
        flag
    }
}

impl From<bool> for Flag {
    fn from(flag: bool) -> Self {
        Self(flag)
    }
}

impl FromSql<BigInt, Sqlite> for Flag {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let number = <i64 as FromSql<BigInt, Sqlite>>::from_sql(value)?;
        Ok(Self(number != 0))
    }
}

impl ToSql<BigInt, Sqlite> for Flag {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i64::from(self.0));
        Ok(IsNull::No)
    }
}
