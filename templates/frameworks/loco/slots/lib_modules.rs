pub mod tasks;
pub mod workers;
pub mod mailers;
