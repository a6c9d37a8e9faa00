pub mod attempts;
