environment.insert("METRICS_PORT", "0");
