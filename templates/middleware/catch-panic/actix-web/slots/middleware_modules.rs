pub mod catch_panic;
