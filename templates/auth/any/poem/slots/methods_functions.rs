/// Whether the path has this method.
pub fn allow(&self, method: &Method) -> bool {
    self.allowed.contains(method)
}
