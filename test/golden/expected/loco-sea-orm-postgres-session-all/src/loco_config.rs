//! Loco's own configuration: the files in `config/`, compiled into the program so that it ships as one file.

use loco_rs::Error;
use loco_rs::Result;
use loco_rs::config::Config;
use loco_rs::environment::Environment;
use tera::Context;
use tera::Kwargs;
use tera::State;
use tera::Tera;
use tera::TeraResult;

use crate::config;

/// Reads the file of that environment with the variables that the rest of the service reads:
/// Loco would ignore `.env` and use empty values.
pub fn load(environment: &Environment) -> Result<Config> {
    let file = match environment {
        Environment::Development => include_str!("../config/development.yaml"),
        Environment::Production => include_str!("../config/production.yaml"),
        Environment::Test => include_str!("../config/test.yaml"),
        Environment::Any(name) => {
            let reason = format!("there is no config/{name}.yaml: LOCO_ENV has to name one");
            return Err(Error::Message(reason));
        }
    };
    // Loco's tags, which leave a file YAML, are Tera's in other letters.
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
