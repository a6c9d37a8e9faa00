let registry = registry.with(traces::layer(&config.traces)?);
// Request spans are only sent to the collector; the log has its own line per request.
let filter = filter.add_directive(format!("{}=off", traces::request::TARGET).parse()?);
