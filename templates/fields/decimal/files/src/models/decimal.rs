//! Decimal numbers, exact from the request to the database. In JSON they are strings, since many
//! clients read numbers as binary fractions.

use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Deserializer;
use serde::Serialize;
use serde::Serializer;
use serde::de::Error;
use serde::de::Unexpected;
use validator::ValidationError;

/// Deserializes digits with an optional sign and decimal point, such as `-12.50`.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Decimal>,
{
    let text = String::deserialize(deserializer)?;
    parse(&text).map(T::from)
}

/// Deserializes like [`deserialize`], and null as `None`.
pub fn deserialize_optional<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<Option<Decimal>>,
{
    let text = Option::<String>::deserialize(deserializer)?;
    let number = text.as_deref().map(parse).transpose()?;
    Ok(number.into())
}

fn parse<E: Error>(text: &str) -> Result<Decimal, E> {
    let is_in_number = |c: char| c.is_ascii_digit() || c == '-' || c == '.';
    let number = Decimal::from_str_exact(text).ok();
    // `from_str_exact` also reads `+1` and `1_000`.
    let number = number.filter(|_| text.chars().all(is_in_number));
    let number = number.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &"a decimal"))?;
    // No database has a negative zero.
    Ok(number + Decimal::ZERO)
}

/// Serializes with `SCALE` digits after the decimal point.
pub fn serialize<const SCALE: u32, S: Serializer>(
    number: &Decimal,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    fixed::<SCALE>(*number).serialize(serializer)
}

/// Serializes like [`serialize`], and `None` as null.
pub fn serialize_optional<const SCALE: u32, S: Serializer>(
    number: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    number.map(fixed::<SCALE>).serialize(serializer)
}

fn fixed<const SCALE: u32>(mut number: Decimal) -> String {
    number.rescale(SCALE);
    number.to_string()
}

/// Checks that the number has at most `SCALE` digits after the decimal point, and `PRECISION` digits
/// altogether.
pub fn check<const PRECISION: u32, const SCALE: u32>(
    number: &Decimal,
) -> Result<(), ValidationError> {
    if number.normalize().scale() > SCALE {
        let error = ValidationError::new("invalid");
        let message = format!("must have at most {SCALE} decimal places");
        return Err(error.with_message(message.into()));
    }
    let digits = PRECISION - SCALE;
    if number.abs() >= Decimal::from_i128_with_scale(10_i128.pow(digits), 0) {
        let error = ValidationError::new("out_of_range");
        let message = format!("must have at most {digits} digits before the decimal point");
        return Err(error.with_message(message.into()));
    }
    Ok(())
}

/// Checks that the number is at least `MIN` units of the last of `SCALE` decimal places.
pub fn at_least<const SCALE: u32, const MIN: i128>(
    number: &Decimal,
) -> Result<(), ValidationError> {
    let min = Decimal::from_i128_with_scale(MIN, SCALE);
    if *number < min {
        return Err(out_of_range("at least", min));
    }
    Ok(())
}

/// Checks that the number is at most `MAX` units of the last of `SCALE` decimal places.
pub fn at_most<const SCALE: u32, const MAX: i128>(number: &Decimal) -> Result<(), ValidationError> {
    let max = Decimal::from_i128_with_scale(MAX, SCALE);
    if *number > max {
        return Err(out_of_range("at most", max));
    }
    Ok(())
}

fn out_of_range(words: &str, limit: Decimal) -> ValidationError {
    let error = ValidationError::new("out_of_range");
    error.with_message(format!("must be {words} {limit}").into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Price(
        #[serde(deserialize_with = "deserialize", serialize_with = "serialize::<2, _>")] Decimal,
    );

    #[test]
    fn a_number_keeps_its_digits() {
        for (text, fixed) in [
            ("0", "0.00"),
            ("-0", "0.00"),
            ("-0.5", "-0.50"),
            ("007.250", "7.25"),
            ("99999999.99", "99999999.99"),
        ] {
            let price: Price = serde_json::from_value(json!(text)).unwrap();
            assert_eq!(serde_json::to_value(price).unwrap(), fixed, "{text}");
        }
    }

    #[test]
    fn other_values_are_rejected() {
        let too_long = "0.".to_owned() + &"1".repeat(29);
        let values = [
            json!(1.5),
            json!(null),
            json!(""),
            json!("."),
            json!("1e3"),
            json!("1_000"),
            json!("1,5"),
            json!(" 1"),
            json!("+1"),
            json!("--1"),
            json!("1.2.3"),
            json!(too_long),
        ];
        for value in values {
            let price: Result<Price, _> = serde_json::from_value(value.clone());
            assert!(price.is_err(), "{value}");
        }
    }

    #[test]
    fn a_number_has_limits() {
        let code = |text: &str| {
            let number = Decimal::from_str_exact(text).unwrap();
            let checked = check::<5, 2>(&number)
                .and_then(|()| at_least::<2, 1>(&number))
                .and_then(|()| at_most::<2, 50_000>(&number));
            checked.err().map(|error| error.code)
        };
        assert_eq!(code("0.01"), None);
        assert_eq!(code("500.000"), None);
        assert_eq!(code("500.01").as_deref(), Some("out_of_range"));
        assert_eq!(code("0.00").as_deref(), Some("out_of_range"));
        assert_eq!(code("1000").as_deref(), Some("out_of_range"));
        assert_eq!(code("0.011").as_deref(), Some("invalid"));
    }
}
