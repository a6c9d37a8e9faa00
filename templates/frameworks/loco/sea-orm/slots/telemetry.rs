// While Loco connects, the span of SeaORM's driver has the URL, and so the password.
let filter = filter.add_directive("sea_orm::driver=off".parse()?);
