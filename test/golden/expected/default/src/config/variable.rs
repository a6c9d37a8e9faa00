use std::str::FromStr;

use thiserror::Error;

/// Why the service cannot start with the environment it was given. Holds no value: it may be a secret.
#[derive(Debug, Error)]
pub enum ConfigError {
    #[error("{name} is not set: it must be {allowed}")]
    Missing {
        name: &'static str,
        allowed: &'static str,
    },
    #[error("{name} has a wrong value: it must be {allowed}")]
    Malformed {
        name: &'static str,
        allowed: &'static str,
    },
    #[error(".env cannot be read: each line must be NAME=value or a # comment")]
    DotEnv,
}

/// One environment variable and what it may hold.
pub(super) struct Variable {
    pub name: &'static str,
    /// The second half of "it must be …".
    pub allowed: &'static str,
    /// Used where the variable is not set; `None` makes it required.
    pub default: Option<&'static str>,
}

impl Variable {
    pub fn read<T: FromStr>(
        self,
        lookup: impl Fn(&str) -> Option<String>,
    ) -> Result<T, ConfigError> {
        let Self {
            name,
            allowed,
            default,
        } = self;
        let value = lookup(name).filter(|value| !value.is_empty());

        value
            .as_deref()
            .or(default)
            .ok_or(ConfigError::Missing { name, allowed })?
            .parse()
            .map_err(|_| ConfigError::Malformed { name, allowed })
    }
}
