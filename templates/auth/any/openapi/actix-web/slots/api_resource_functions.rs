/// Changes the route of each handler.
pub fn map(mut self, change: impl Fn(Route) -> Route) -> Self {
    self.routes = self.routes.into_iter().map(change).collect();
    self
}

/// Changes the description of the handlers.
pub fn describe(mut self, change: impl FnOnce(&mut Paths)) -> Self {
    change(&mut self.paths);
    self
}
