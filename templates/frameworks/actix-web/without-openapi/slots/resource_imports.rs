use super::resource;
