fn use_transaction(&self) -> Option<bool> {
    Some(true)
}
