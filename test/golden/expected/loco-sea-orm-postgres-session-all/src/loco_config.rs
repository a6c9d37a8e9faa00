//! Loco's own configuration: the files in `config/`, compiled into the binary.

use loco_rs::config::Config;
use loco_rs::environment::Environment;
use loco_rs::{Error, Result};
use tera::{Context, Kwargs, State, Tera, TeraResult};

use crate::config;

/// Loads the file for an environment, using the same variables as the rest of the service. Loco
/// itself would ignore `.env` and use empty values.
pub fn load(environment: &Environment) -> Result<Config> {
    let file = match environment {
        Environment::Development => include_str!("../config/development.yaml"),
        Environment::Production => include_str!("../config/production.yaml"),
        Environment::Test => include_str!("../config/test.yaml"),
        Environment::Any(name) => {
            let reason = format!("LOCO_ENV must be development, production or test, not {name}");
            return Err(Error::Message(reason));
        }
    };
    // Loco's tags keep the file valid YAML; Tera has its own.
    let template = file.replace("<%=", "{{").replace("%>", "}}");

    let variables = config::Environment::load().map_err(Error::wrap)?;
    let get_env = move |arguments: Kwargs, _: &State| -> TeraResult<String> {
        let name: String = arguments.must_get("name")?;
        let value = variables.get(&name).map(str::to_owned);
        value.map_or_else(|| arguments.must_get("default"), Ok)
    };
    let mut tera = Tera::default();
    tera.register_function("get_env", get_env);

    let yaml = tera.render_str(&template, &Context::new(), false)?;
    Ok(serde_yaml_ng::from_str(&yaml)?)
}
