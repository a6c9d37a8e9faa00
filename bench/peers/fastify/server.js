// Starts a process for each core, as Fastify's recommendations say, with an equal share of the database's connections.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { buildApp } from './app.js';

const processes = availableParallelism();

if (cluster.isPrimary) {
  for (let count = 0; count < processes; count++) cluster.fork();
} else {
  const { PORT, DATABASE_URL, DATABASE_MAX_CONNECTIONS } = process.env;
  const connections = Math.max(1, Math.floor(Number(DATABASE_MAX_CONNECTIONS) / processes));
  const app = buildApp({ connectionString: DATABASE_URL, max: connections });
  process.once('SIGTERM', () => app.close().then(() => process.exit()));
  await app.listen({ host: '127.0.0.1', port: Number(PORT) });
}
