.merge(metrics::routes())
