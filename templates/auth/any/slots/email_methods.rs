impl Email {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
