to: Dockerfile
skip_exists: true
message: "Dockerfile was added."
---
FROM rust:1.95.0-slim-trixie AS build
WORKDIR /app
COPY . .
RUN cargo build --release --locked

FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /app/target/release/my-service /usr/local/bin/my-service
ENV LOCO_ENV=production HOST=0.0.0.0 LOG_FORMAT=json
EXPOSE 3000
STOPSIGNAL SIGTERM
ENTRYPOINT ["my-service"]
