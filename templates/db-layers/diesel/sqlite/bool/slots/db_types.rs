/// A boolean, stored as 0 or 1.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Integer)]
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

impl FromSql<Integer, Sqlite> for Flag {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let number = <i32 as FromSql<Integer, Sqlite>>::from_sql(value)?;
        Ok(Self(number != 0))
    }
}

impl ToSql<Integer, Sqlite> for Flag {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(i32::from(self.0));
        Ok(IsNull::No)
    }
}
