/// A number of 64 bits, which SQLite's `REAL` holds, unlike Diesel's `Float`.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Float)]
pub struct Real(f64);

impl From<Real> for f64 {
    fn from(Real(number): Real) -> Self {
        number
    }
}

impl From<f64> for Real {
    fn from(number: f64) -> Self {
        Self(number)
    }
}

impl FromSql<Float, Sqlite> for Real {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <f64 as FromSql<Double, Sqlite>>::from_sql(value).map(Self)
    }
}

impl ToSql<Float, Sqlite> for Real {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0);
        Ok(IsNull::No)
    }
}
