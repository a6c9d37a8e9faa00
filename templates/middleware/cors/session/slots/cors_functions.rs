impl Origins {
    /// Whether pages of this origin may call the service.
    pub fn contain(&self, origin: &str) -> bool {
        self.0.iter().any(|allowed| allowed == origin)
    }
}
