pub mod opentelemetry;
