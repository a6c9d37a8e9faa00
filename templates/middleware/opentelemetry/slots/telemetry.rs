let registry = registry.with(traces::layer(&config.traces)?);
// The span of a request is for the collector only; the log has its own line.
let filter = filter.add_directive(format!("{}=off", traces::request::TARGET).parse()?);
