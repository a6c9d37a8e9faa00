.configure(metrics::configure)
