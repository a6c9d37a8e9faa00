let route = auth::public_routes(route);
let route = signed_in::routes(route);
