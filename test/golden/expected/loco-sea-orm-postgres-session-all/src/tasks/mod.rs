//! Tasks: `cargo loco task` lists and runs them.
