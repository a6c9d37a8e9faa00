pub mod request_log;
