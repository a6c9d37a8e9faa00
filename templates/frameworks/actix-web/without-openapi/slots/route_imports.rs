use actix_web::web;
