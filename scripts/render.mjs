// Renders the working tree's templates into a folder, without the command line's checks: for template work.
//   node scripts/render.mjs <dir> --name my-service [--framework …] [--db-layer …] [--database …] [--middleware all|none|a,b] [--features …] [--resource '…']… [--no-lock]
import { parseArgs } from 'node:util';
import { loadRenderer } from './lib/renderer.mjs';

const FLAGS = ['name', 'description', 'framework', 'db-layer', 'database', 'auth', 'middleware', 'features'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'no-lock': { type: 'boolean' },
    resource: { type: 'string', multiple: true },
    ...Object.fromEntries(FLAGS.map((name) => [name, { type: 'string' }])),
  },
});

const { renderInto } = await loadRenderer();
console.log(JSON.stringify(await renderInto(positionals[0], values, { lock: !values['no-lock'] })));
