use std::str::FromStr;

use chrono::TimeDelta;

/// A maximum age in whole seconds, from one second to one year.
#[derive(Clone, Copy)]
pub struct Age(TimeDelta);

impl Age {
    const LONGEST: u32 = 365 * 24 * 60 * 60;
}

impl FromStr for Age {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(seconds @ 1..=Self::LONGEST) => Ok(Self(TimeDelta::seconds(seconds.into()))),
            _ => Err(()),
        }
    }
}

impl From<Age> for TimeDelta {
    fn from(Age(age): Age) -> Self {
        age
    }
}
