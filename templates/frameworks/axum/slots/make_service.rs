// Only the connection knows the address of the peer.
let service = service.into_make_service_with_connect_info::<SocketAddr>();
