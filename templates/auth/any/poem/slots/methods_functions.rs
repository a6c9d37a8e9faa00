/// Returns whether the path supports this method.
pub fn allow(&self, method: &Method) -> bool {
    self.allowed.contains(method)
}
