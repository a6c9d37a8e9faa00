/// Returns the configuration of a service in whose environment only these variables are set.
pub fn config(database: &TestDatabase, variables: &[(&str, &str)]) -> Config {
    Config::read(&environment(database, variables)).unwrap()
}
