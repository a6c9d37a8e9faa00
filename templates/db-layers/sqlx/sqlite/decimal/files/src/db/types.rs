//! Types that SQLite lacks.

use rust_decimal::Decimal;
use sqlx::Decode;
use sqlx::Encode;
use sqlx::Sqlite;
use sqlx::Type;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::sqlite::SqliteArgumentsBuffer;
use sqlx::sqlite::SqliteTypeInfo;
use sqlx::sqlite::SqliteValueRef;
use sqlx::types::Text;

/// A decimal number, stored as text, because SQLite's own numbers are binary.
pub struct Amount(Decimal);

impl From<Amount> for Decimal {
    fn from(Amount(number): Amount) -> Self {
        number
    }
}

impl From<Decimal> for Amount {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl Type<Sqlite> for Amount {
    fn type_info() -> SqliteTypeInfo {
        <String as Type<Sqlite>>::type_info()
    }
}

impl Decode<'_, Sqlite> for Amount {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Text::decode(value).map(|Text(number)| Self(number))
    }
}

impl Encode<'_, Sqlite> for Amount {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        Text(self.0).encode_by_ref(buffer)
    }
}

/// An [`Amount`] or null. SQLx converts what it reads by `From`, which an `Option` of another
/// crate's type cannot implement.
pub struct OptionalAmount(Option<Amount>);

impl From<OptionalAmount> for Option<Decimal> {
    fn from(OptionalAmount(amount): OptionalAmount) -> Self {
        amount.map(Decimal::from)
    }
}

impl From<Option<Decimal>> for OptionalAmount {
    fn from(number: Option<Decimal>) -> Self {
        Self(number.map(Amount))
    }
}

impl Type<Sqlite> for OptionalAmount {
    fn type_info() -> SqliteTypeInfo {
        Amount::type_info()
    }
}

impl Decode<'_, Sqlite> for OptionalAmount {
    fn decode(value: SqliteValueRef<'_>) -> Result<Self, BoxDynError> {
        Option::decode(value).map(Self)
    }
}

impl Encode<'_, Sqlite> for OptionalAmount {
    fn encode_by_ref(&self, buffer: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        self.0.encode_by_ref(buffer)
    }
}
