// Who sends a request is known to the connection only.
let service = service.into_make_service_with_connect_info::<SocketAddr>();
