pub mod cleaning;
