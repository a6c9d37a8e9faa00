/**
 * Text that a choice leaves in every project that has it, and in no other, where that is not the name of its module in small
 * letters or capitals.
 */
const TRACES: Readonly<Record<string, readonly RegExp[]>> = {
  // Loco builds on the crate axum.
  axum: [/\| Axum \|/],
  'actix-web': [/\bactix_web\b/, /Actix Web/],
  loco: [/\bloco_rs\b/, /\bLoco\b/],
  poem: [/\bpoem\b/, /\bPoem\b/],
  // The crate sqlx alone is no trace: SeaORM builds on it.
  sqlx: [/\bquery_as!/, /\.sqlx\b/],
  'sea-orm': [/\bsea_orm\b/, /SeaORM/],
  diesel: [/\bdiesel\b/, /\bDiesel\b/],
  sqlite: [/\bsqlite\b/i],
  postgres: [/\bpostgres/i],
  mysql: [/\bmysql/i],
  jwt: [/\bJWT/, /jsonwebtoken/],
  session: [/\bSESSION_/, /\bsessions?\b/],
  timeout: [/REQUEST_TIMEOUT/],
  cors: [/\bcors\b/i],
  compression: [/\bcompression\b/i],
  'security-headers': [/security.headers/i],
  docker: [/Dockerfile/, /\.dockerignore/],
  // Not the word: Poem describes its operations with poem-openapi, whether or not the document is published.
  openapi: [/\/openapi\.json/, /[^/]\/docs\b/],
  metrics: [/prometheus_client/, /METRICS_PORT/],
  opentelemetry: [/\bopentelemetry\b/, /OTEL_/],
  'github-actions': [/\.github\/workflows/],
  kubernetes: [/deploy\/kubernetes/],
  devcontainer: [/devcontainer/],
  redis: [/\bredis\b/i, /CACHE_TTL/],
};

export function tracesOf(id: string): readonly RegExp[] {
  return TRACES[id] ?? [new RegExp(id.replaceAll('-', '_'), 'i')];
}

/** The choices with traces of another kind. */
export const WITH_OTHER_TRACES = Object.keys(TRACES);

/** The same for a database, whichever it is. */
export const DATABASE_TRACES: readonly RegExp[] = [/\bmigrations\b/i, /DATABASE_URL/, /RUN_MIGRATIONS/];
