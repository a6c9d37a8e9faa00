from_fn(middleware::cors::hide_options),
middleware::cors::layer(&state.config.cors),
from_fn(middleware::cors::show_options),
