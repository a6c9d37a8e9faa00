/// Reads the process environment and, in development, the file `.env`.
pub fn from_env() -> Result<Self, ConfigError> {
    Self::read(&Environment::load()?)
}
