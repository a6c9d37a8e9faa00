let allowed = &state.config.cors.allowed_origins;
let is_allowed = evidence.origin.map(|origin| allowed.contain(origin));
let is_trusted = is_trusted || is_allowed == Some(true);
