//! The operations for signed-in callers.

use poem_openapi::OpenApi;

/// Returns the API if each of its operations requires a signed-in caller, that is, takes
/// [`SignedIn`](super::security::SignedIn).
///
/// # Panics
///
/// If an operation does not: the service must not start with one that is public by mistake.
pub fn only<A: OpenApi>(api: A) -> A {
    let paths = A::meta().into_iter().flat_map(|api| api.paths);
    for path in paths {
        for operation in path.operations {
            let is_secure = !operation.security.is_empty();
            assert!(is_secure, "{} {} is public", operation.method, path.path);
        }
    }
    api
}

#[cfg(test)]
mod tests {
    use poem_openapi::OpenApi;

    struct Forgetful;

    #[OpenApi]
    impl Forgetful {
        #[oai(path = "/secrets", method = "get")]
        async fn secrets(&self) {}
    }

    #[test]
    #[should_panic = "GET /secrets is public"]
    fn an_operation_cannot_be_public_by_mistake() {
        super::only(Forgetful);
    }
}
