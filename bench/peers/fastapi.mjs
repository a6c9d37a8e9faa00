import { availableParallelism } from 'node:os';
import path from 'node:path';
import { buildOnce, outputOf, sizeOf } from './build-once.mjs';

/** FastAPI in a uvicorn worker for each core, with the Python in `PYTHON`, or `python3`. */
export const fastapi = { id: 'fastapi', label: 'Python, FastAPI', build };

// uvicorn reads its port from the command line only.
const START = 'exec venv/bin/uvicorn main:app --host 127.0.0.1 --port "$PORT" --no-access-log';

function build() {
  const python = process.env.PYTHON ?? 'python3';
  const version = outputOf(python, ['--version']);
  const { folder, digest } = buildOnce('fastapi', version, (run) => {
    run(python, ['-m', 'venv', 'venv']);
    run('venv/bin/pip', ['install', '--quiet', '--no-deps', '--requirement', 'requirements.txt']);
    run('venv/bin/pip', ['uninstall', '--quiet', '--yes', 'pip', 'setuptools']);
  });
  const script = 'import sys, sysconfig; print(sysconfig.get_path("stdlib"))';
  return {
    digest,
    versions: { python: version },
    program: { binary: 'sh', args: ['-c', START], cwd: folder },
    // WEB_CONCURRENCY is the number of workers for uvicorn, too.
    env: (url, connections) => ({
      DATABASE_URL: url,
      DATABASE_MAX_CONNECTIONS: String(connections),
      WEB_CONCURRENCY: String(availableParallelism()),
    }),
    size: {
      service: sizeOf([path.join(folder, 'main.py'), path.join(folder, 'venv/lib')]),
      runtime: sizeOf([outputOf(python, ['-c', script])], ['site-packages', 'dist-packages', 'test', '__pycache__']),
    },
  };
}
