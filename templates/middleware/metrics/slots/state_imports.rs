use crate::metrics::Metrics;
