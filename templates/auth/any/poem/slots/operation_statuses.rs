if !operation.security.is_empty() {
    statuses.push(401);
}
