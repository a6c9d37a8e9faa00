let registry = registry.with(traces::layer(&config.traces)?);
// What the span of a request holds is for the collector; the log has its own line.
let filter = filter.with_target(traces::request::TARGET, LevelFilter::OFF);
