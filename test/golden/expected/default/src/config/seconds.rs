use std::str::FromStr;
use std::time::Duration;

/// A time limit in whole seconds, from one second to one day.
#[derive(Clone, Copy)]
pub struct Seconds(u32);

impl Seconds {
    const LONGEST: u32 = 24 * 60 * 60;
}

impl FromStr for Seconds {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.parse() {
            Ok(seconds @ 1..=Self::LONGEST) => Ok(Self(seconds)),
            _ => Err(()),
        }
    }
}

impl From<Seconds> for Duration {
    fn from(Seconds(seconds): Seconds) -> Self {
        Self::from_secs(seconds.into())
    }
}
