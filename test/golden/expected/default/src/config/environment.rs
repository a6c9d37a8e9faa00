//! Reads environment variables from the process and, in development, from the file `.env`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::{env, fs};

use super::ConfigError;

/// The source of variables that the process was started with.
const PROCESS: &str = "in the environment";

/// Environment variables by name; those of the process take precedence over those in `.env`.
#[derive(Clone)]
pub struct Environment(pub(super) HashMap<String, Setting>);

/// A value and where it was set.
#[derive(Clone)]
pub(super) struct Setting {
    /// The trimmed value; `None` if it is not valid UTF-8.
    pub text: Option<String>,
    /// Where it was set, for error messages.
    pub source: String,
}

impl Environment {
    /// Reads the process environment and, if present, `.env` in the current directory or one of its
    /// parents.
    pub fn load() -> Result<Self, ConfigError> {
        let mut settings = match dot_env() {
            Some(file) => read(file)?,
            None => HashMap::new(),
        };
        settings.extend(env::vars_os().filter_map(|(name, value)| {
            let text = value.to_str().map(|text| text.trim().to_owned());
            let source = PROCESS.to_owned();
            Some((name.into_string().ok()?, Setting { text, source }))
        }));
        Ok(Self(settings))
    }

    /// Returns the value of a variable, or `None` if it is unset or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, setting) = self.setting(name)?;
        setting.text.as_deref()
    }

    /// Returns a variable and its name, unless it is unset or empty. `RUST_LOG`, as most Rust
    /// programs call it, stands in for `LOG_LEVEL`.
    pub(super) fn setting<'n>(&self, name: &'n str) -> Option<(&'n str, &Setting)> {
        let other = (name == "LOG_LEVEL").then_some("RUST_LOG");
        [name].into_iter().chain(other).find_map(|name| {
            let setting = self.0.get(name)?;
            (setting.text.as_deref() != Some("")).then_some((name, setting))
        })
    }
}

/// Creates an environment of exactly these variables, for tests.
impl<'a> FromIterator<(&'a str, &'a str)> for Environment {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(variables: I) -> Self {
        let settings = variables.into_iter().map(|(name, value)| {
            let text = Some(value.trim().to_owned());
            let source = PROCESS.to_owned();
            (name.to_owned(), Setting { text, source })
        });
        Self(settings.collect())
    }
}

fn dot_env() -> Option<PathBuf> {
    let folder = env::current_dir().ok()?;
    let mut files = folder.ancestors().map(|folder| folder.join(".env"));
    files.find(|file| file.is_file())
}

fn read(file: PathBuf) -> Result<HashMap<String, Setting>, ConfigError> {
    let settings = match fs::read_to_string(&file) {
        Ok(text) => parse(&text),
        Err(error) => Err(error.to_string()),
    };
    settings.map_err(|reason| ConfigError(vec![format!("{}: {reason}", file.display())]))
}

fn parse(text: &str) -> Result<HashMap<String, Setting>, String> {
    // Some editors write a byte order mark at the start of a file.
    let text = text.trim_start_matches('\u{feff}');
    let mut settings = HashMap::new();
    for entry in dotenvy::from_read_iter(text.as_bytes()) {
        let (name, value) = entry.map_err(|error| explain(error, text))?;
        let line = line_of(text, |line| name_in(line) == name);
        let source = format!("in .env, line {line}");
        let text = Some(value.trim().to_owned());
        settings.insert(name, Setting { text, source });
    }
    Ok(settings)
}

/// Reports the number of the invalid line, but not its text, which may contain a secret.
fn explain(error: dotenvy::Error, text: &str) -> String {
    let dotenvy::Error::LineParse(wrong, _) = error else {
        return error.to_string();
    };
    let wrong = wrong.lines().next().unwrap_or_default();
    let line = line_of(text, |line| line.contains(wrong));
    format!("line {line} must be NAME=value; quote a value that has spaces, # or $")
}

/// Returns the number of the last matching line, since the last one counts if a name occurs twice.
fn line_of(text: &str, is_wanted: impl Fn(&str) -> bool) -> usize {
    let lines = text.lines().enumerate();
    let wanted = lines.filter(|(_, line)| !line.is_empty() && is_wanted(line));
    wanted.last().map_or(1, |(index, _)| index + 1)
}

fn name_in(line: &str) -> &str {
    let name = line.split('=').next().unwrap_or_default().trim();
    name.strip_prefix("export ").unwrap_or(name).trim_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_have_a_byte_order_mark_crlf_quotes_and_comments() {
        let text = "\u{feff}PORT=80\r\n# PORT=81\r\nexport HOST='a b' # note\r\nEMPTY=\r\n";
        let settings = Environment(parse(text).unwrap());

        assert_eq!(settings.get("PORT"), Some("80"));
        assert_eq!(settings.get("HOST"), Some("a b"));
        assert!(settings.setting("EMPTY").is_none());
    }

    #[test]
    fn the_last_line_of_a_variable_counts() {
        let settings = Environment(parse("PORT=1\n\nHOST=a\nPORT=2\n").unwrap());

        let (_, port) = settings.setting("PORT").unwrap();
        assert_eq!(port.text.as_deref(), Some("2"));
        assert_eq!(port.source, "in .env, line 4");
    }

    #[test]
    fn an_invalid_line_is_reported_without_its_text() {
        let reason = parse("PORT=80\nKEY=two words\n").err().unwrap();

        assert!(reason.starts_with("line 2 "), "{reason}");
        assert!(!reason.contains("two"), "{reason}");
    }
}
