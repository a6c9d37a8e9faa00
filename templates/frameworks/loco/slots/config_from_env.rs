/// Reads the process environment, in development the file `.env`, and a file in `config/`.
pub fn from_env() -> loco_rs::Result<Self> {
    let environment = loco_rs::environment::resolve_from_env().into();
    Self::of(&Self::load_file(&environment)?)
}
