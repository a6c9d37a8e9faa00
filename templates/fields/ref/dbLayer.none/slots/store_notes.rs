///
/// To prevent deadlocks, a function locks a map before those that its rows refer to.
