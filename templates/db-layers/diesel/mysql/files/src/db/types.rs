//! Types that MySQL lacks.

use chrono::DateTime;
use chrono::NaiveDateTime;
use chrono::Utc;
use diesel::backend::Backend;
use diesel::deserialize;
use diesel::deserialize::FromSql;
use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::mysql::Mysql;
use diesel::serialize;
use diesel::serialize::Output;
use diesel::serialize::ToSql;
use diesel::sql_types::Binary;
use diesel::sql_types::Datetime;
use uuid::Uuid;

/// A UUID, stored as sixteen bytes.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Binary)]
pub struct Id(pub Uuid);

impl From<Id> for Uuid {
    fn from(Id(id): Id) -> Self {
        id
    }
}

impl From<Uuid> for Id {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

impl FromSql<Binary, Mysql> for Id {
    fn from_sql(value: <Mysql as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let bytes = <Vec<u8> as FromSql<Binary, Mysql>>::from_sql(value)?;
        Ok(Self(Uuid::from_slice(&bytes)?))
    }
}

impl ToSql<Binary, Mysql> for Id {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
        <[u8] as ToSql<Binary, Mysql>>::to_sql(self.0.as_bytes(), out)
    }
}

/// A point in time, stored in UTC; `TIMESTAMP` ends in 2038.
#[derive(Debug, AsExpression, FromSqlRow)]
#[diesel(sql_type = Datetime)]
pub struct Time(DateTime<Utc>);

impl From<Time> for DateTime<Utc> {
    fn from(Time(time): Time) -> Self {
        time
    }
}

impl From<DateTime<Utc>> for Time {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time)
    }
}

impl FromSql<Datetime, Mysql> for Time {
    fn from_sql(value: <Mysql as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let time = <NaiveDateTime as FromSql<Datetime, Mysql>>::from_sql(value)?;
        Ok(Self(time.and_utc()))
    }
}

impl ToSql<Datetime, Mysql> for Time {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
        let time = self.0.naive_utc();
        <NaiveDateTime as ToSql<Datetime, Mysql>>::to_sql(&time, &mut out.reborrow())
    }
}
