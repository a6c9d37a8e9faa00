//! The files in `config/`, which are compiled into the binary. They configure Loco, and their
//! `settings` are those of the service.

use loco_rs::config::Config as LocoConfig;
use loco_rs::environment::Environment;
use loco_rs::{Error, Result};
use serde_json::{Map, Value};
use tera::{Context, Kwargs, State, Tera, TeraResult};

use super::environment::Setting;
use super::{Config, Environment as Variables};

const DEVELOPMENT: &str = include_str!("../../config/development.yaml");
const PRODUCTION: &str = include_str!("../../config/production.yaml");
const TEST: &str = include_str!("../../config/test.yaml");

impl Config {
    /// Reads the file of an environment. The variables of the process and of `.env` override its
    /// settings.
    pub fn load_file(environment: &Environment) -> Result<LocoConfig> {
        Self::read_file(environment, Variables::load().map_err(Error::wrap)?)
    }

    /// Reads the file of an environment. These variables override its settings: `LOG_LEVEL`
    /// overrides `log_level`.
    pub fn read_file(environment: &Environment, mut variables: Variables) -> Result<LocoConfig> {
        let (path, file) = file_of(environment)?;
        let yaml = render(file, &variables)?;
        let mut config: LocoConfig = serde_yaml_ng::from_str(&yaml)?;

        let mut settings: Map<String, Value> = config.settings()?;
        settings.insert("host".to_owned(), config.server.binding.clone().into());
        settings.insert("port".to_owned(), config.server.port.into());
        let (uri, most) = (config.database.uri.clone(), config.database.max_connections);
        settings.insert("database_url".to_owned(), uri.into());
        settings.insert("database_max_connections".to_owned(), most.into());
        for (name, value) in &mut settings {
            let name = name.to_uppercase();
            if let Some(text) = variables.get(&name) {
                *value = text.into();
            } else if let Some(text) = text_of(value) {
                let source = format!("in {path}");
                let text = Some(text);
                variables.0.insert(name, Setting { text, source });
            }
        }
        // Checked here, where an error can say in which file or variable a value is wrong.
        let checked = Self::read(&variables).map_err(Error::wrap)?;

        if let Some(host) = variables.get("HOST") {
            config.server.binding = host.to_owned();
        }
        config.server.port = checked.server.port.into();
        config.database.max_connections = checked.database.max_connections.get().into();
        if let Some(url) = variables.get("DATABASE_URL") {
            config.database.uri = url.to_owned();
        }
        config.settings = Some(settings.into());
        Ok(config)
    }

    /// Returns the settings of the service.
    pub fn of(config: &LocoConfig) -> Result<Self> {
        let settings: Map<String, Value> = config.settings()?;
        let settings: Vec<_> = settings
            .iter()
            .filter_map(|(name, value)| Some((name.to_uppercase(), text_of(value)?)))
            .collect();
        let variables = settings.iter().map(|(name, text)| (&**name, &**text));
        Self::read(&variables.collect()).map_err(Error::wrap)
    }
}

/// Returns the path and the text of the file of an environment.
fn file_of(environment: &Environment) -> Result<(&'static str, &'static str)> {
    match environment {
        Environment::Development => Ok(("config/development.yaml", DEVELOPMENT)),
        Environment::Production => Ok(("config/production.yaml", PRODUCTION)),
        Environment::Test => Ok(("config/test.yaml", TEST)),
        Environment::Any(name) => {
            let reason = format!("LOCO_ENV must be development, production or test, not {name}");
            Err(Error::Message(reason))
        }
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        // Of no use to a variable: null, or settings of other code.
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Replaces the calls of `get_env`, with the same variables as the settings. Loco itself would
/// ignore `.env` and use empty values.
fn render(file: &str, variables: &Variables) -> Result<String> {
    // Loco's tags keep the file valid YAML; Tera has its own.
    let template = file.replace("<%=", "{{").replace("%>", "}}");

    let variables = variables.clone();
    let get_env = move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let name: String = arguments.must_get("name")?;
        let value = variables.get(&name).map(str::to_owned);
        value.map_or_else(|| arguments.must_get("default"), Ok)
    };
    let mut tera = Tera::default();
    tera.register_function("get_env", get_env);
    Ok(tera.render_str(&template, &Context::new(), false)?)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const EXAMPLE: &str = include_str!("../../.env.example");

    /// Returns the example's values of the variables that have no default.
    fn required() -> Vec<(&'static str, &'static str)> {
        let lines = EXAMPLE.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| line.split_once('=')).collect()
    }

    #[test]
    fn every_variable_is_a_setting_of_every_file() {
        let lines = EXAMPLE.lines().map(|line| line.trim_start_matches("# "));
        let names = lines.filter_map(|line| Some(line.split_once('=')?.0));
        let names = names.filter(|name| *name == name.to_uppercase());
        // Only compose.yaml reads this one.
        let names = names.filter(|name| *name != "DATABASE_PASSWORD");
        let names: Vec<_> = names.map(str::to_lowercase).collect();
        assert!(names.len() > 5);

        for environment in [
            Environment::Development,
            Environment::Production,
            Environment::Test,
        ] {
            let config = Config::read_file(&environment, required().into_iter().collect());
            let settings: Map<String, Value> = config.unwrap().settings().unwrap();
            for name in &names {
                assert!(
                    settings.contains_key(name),
                    "{environment}: no setting {name}"
                );
            }
        }
    }

    #[test]
    fn a_variable_overrides_a_setting() {
        let changes = [("PORT", "81"), ("KEEP_ALIVE_SECONDS", "7")];
        let variables = required().into_iter().chain(changes);
        let config = Config::read_file(&Environment::Test, variables.collect()).unwrap();

        assert_eq!(config.server.port, 81);
        let server = Config::of(&config).unwrap().server;
        assert_eq!(server.port, 81);
        assert_eq!(Duration::from(server.keep_alive), Duration::from_secs(7));
        assert_eq!(server.shutdown_delay, 0);
    }

    #[test]
    fn an_error_names_the_variable() {
        let variables = [("LOG_LEVEL", "loud")].into_iter().collect();
        let error = Config::read_file(&Environment::Test, variables).unwrap_err();

        assert!(error.to_string().contains("LOG_LEVEL must be"), "{error}");
    }
}
