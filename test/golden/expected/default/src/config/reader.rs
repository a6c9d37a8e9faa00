//! Reads variables and collects all problems instead of stopping at the first.

use std::str::FromStr;

use thiserror::Error;

use super::environment::Environment;

/// The problems with the environment, one per line.
#[derive(Debug, Error)]
#[error("the configuration is not valid:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub(super) Vec<String>);

/// The maximum number of characters to show of an invalid value.
const SHOWN: usize = 100;

/// An environment variable.
pub(super) struct Variable {
    pub name: &'static str,
    /// The default value; `None` if the variable is required.
    pub default: Option<&'static str>,
    /// Whether to keep its value out of error messages.
    pub is_secret: bool,
    /// The end of the sentence "it must be …" in error messages.
    pub allowed: &'static str,
}

pub(super) struct Reader<'a> {
    environment: &'a Environment,
    pub problems: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(environment: &'a Environment) -> Self {
        Self {
            environment,
            problems: Vec::new(),
        }
    }

    /// Reads a variable. If it is missing or invalid, records the problem and returns `None`.
    pub fn read<T: FromStr>(&mut self, variable: Variable) -> Option<T> {
        let Variable {
            name,
            default,
            is_secret,
            allowed,
        } = variable;
        let (name, setting) = match self.environment.setting(name) {
            Some((name, setting)) => (name, Some(setting)),
            None => (name, None),
        };
        let text = match setting {
            Some(setting) => setting.text.as_deref(),
            None => default,
        };
        let value = text.and_then(|text| text.parse().ok());
        if value.is_none() {
            self.problems.push(match (setting, text) {
                (None, _) => format!("{name} is not set; it must be {allowed}"),
                (Some(setting), Some(text)) if !is_secret => {
                    let shown: String = text.chars().take(SHOWN).collect();
                    let source = &setting.source;
                    format!("{name} must be {allowed}, not {shown:?} (set {source})")
                }
                (Some(setting), _) => format!("{name} must be {allowed} (set {})", setting.source),
            });
        }
        value
    }

    /// Returns the configuration, or all problems if there were any.
    pub fn finish<T>(self, config: Option<T>) -> Result<T, ConfigError> {
        match config {
            Some(config) if self.problems.is_empty() => Ok(config),
            _ => Err(ConfigError(self.problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn variable(name: &'static str, default: Option<&'static str>) -> Variable {
        Variable {
            name,
            default,
            is_secret: false,
            allowed: "a number",
        }
    }

    #[test]
    fn an_unset_variable_has_its_default() {
        let environment = [("EMPTY", " ")].into_iter().collect();
        let mut reader = Reader::new(&environment);

        assert_eq!(reader.read(variable("UNSET", Some("1"))), Some(1));
        assert_eq!(reader.read(variable("EMPTY", Some("2"))), Some(2));
        assert!(reader.finish(Some(())).is_ok());
    }

    #[test]
    fn every_problem_is_named_and_no_secret_is_shown() {
        let environment = [
            ("PORT", "abc\n\u{1b}d"),
            ("KEY", "hidden"),
            ("RUST_LOG", "loud"),
        ]
        .into_iter()
        .collect();
        let mut reader = Reader::new(&environment);

        let key = Variable {
            is_secret: true,
            ..variable("KEY", None)
        };
        let values: [Option<u16>; 4] = [
            reader.read(variable("PORT", Some("1"))),
            reader.read(key),
            reader.read(variable("URL", None)),
            reader.read(variable("LOG_LEVEL", Some("1"))),
        ];
        assert_eq!(values, [None; 4]);
        let error = reader.finish::<()>(None).err().unwrap();
        assert_eq!(
            error.0,
            [
                r#"PORT must be a number, not "abc\n\u{1b}d" (set in the environment)"#,
                "KEY must be a number (set in the environment)",
                "URL is not set; it must be a number",
                r#"RUST_LOG must be a number, not "loud" (set in the environment)"#,
            ]
        );
    }
}
