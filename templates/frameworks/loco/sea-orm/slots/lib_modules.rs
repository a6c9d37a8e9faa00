pub mod dtos;
