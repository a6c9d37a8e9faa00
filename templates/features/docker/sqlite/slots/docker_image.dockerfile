# A new volume inherits the owner of the folder it is mounted on.
COPY --from=build --chown=65532:65532 /data /data
ENV DATABASE_URL=sqlite:///data/app.db
