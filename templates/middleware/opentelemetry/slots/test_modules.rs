mod opentelemetry;
