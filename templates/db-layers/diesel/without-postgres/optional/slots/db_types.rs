/// A value or null. Diesel converts each field by `From`, which an `Option` of another crate's type
/// cannot implement.
#[derive(Debug, FromSqlRow)]
pub struct Maybe<T>(Option<T>);

impl<T: From<U>, U> From<Option<U>> for Maybe<T> {
    fn from(value: Option<U>) -> Self {
        Self(value.map(T::from))
    }
}

impl<T, ST, DB> FromSql<Nullable<ST>, DB> for Maybe<T>
where
    DB: Backend,
    ST: SqlType<IsNull = NotNull>,
    T: FromSql<ST, DB>,
{
    fn from_sql(value: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(Some(T::from_sql(value)?)))
    }

    fn from_nullable_sql(value: Option<DB::RawValue<'_>>) -> deserialize::Result<Self> {
        Ok(Self(value.map(T::from_sql).transpose()?))
    }
}

impl<T, ST> AsExpression<Nullable<ST>> for Maybe<T>
where
    ST: SqlType<IsNull = NotNull>,
    Nullable<ST>: TypedExpressionType,
{
    type Expression = <Option<T> as AsExpression<Nullable<ST>>>::Expression;

    fn as_expression(self) -> Self::Expression {
        self.0.as_expression()
    }
}

impl From<Maybe<Id>> for Option<Uuid> {
    fn from(Maybe(id): Maybe<Id>) -> Self {
        id.map(Uuid::from)
    }
}

impl From<Maybe<Time>> for Option<DateTime<Utc>> {
    fn from(Maybe(time): Maybe<Time>) -> Self {
        time.map(DateTime::from)
    }
}
