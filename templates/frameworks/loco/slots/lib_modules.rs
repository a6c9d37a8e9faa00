pub mod loco_config;
