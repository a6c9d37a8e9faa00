crate::metrics::PATH
