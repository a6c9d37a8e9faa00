// Bundles src/ with everything it needs into dist/: the published package has no dependency.
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildPack } from './build-pack.mjs';
import { ROOT } from './lib/import-ts.mjs';
import { thirdPartyLicenses } from './lib/third-party-licenses.mjs';

const DIST = path.join(ROOT, 'dist');
const ENTRY = 'cli.js';
const SHEBANG = '#!/usr/bin/env node\n';

/** CommonJS code asks for Node's own modules with this; esbuild leaves a helper in the chunk that needs it. */
const REQUIRE = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);\n";
const NEEDS_REQUIRE = 'Dynamic require of';

/**
 * Modules that packages can do without. commander loads node:child_process for subcommands that are programs of their own; there
 * are none, and it takes two milliseconds. handlebars makes source maps with source-map.
 */
const WITHOUT = {
  name: 'without',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(?:node:child_process|source-map)$/ }, ({ importer, path: module }) =>
      /node_modules.(?:commander|handlebars)/.test(importer) ? { path: module, namespace: 'empty' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** Bundled by itself, so that what it shares with the rest stays in one file there: opening a second one takes time. */
const CHECK_PACK = 'src/commands/pack/check-pack.ts';
const BESIDE = {
  name: 'beside',
  setup({ onResolve }) {
    onResolve({ filter: /\/check-pack\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './check-pack.js', external: true } : undefined,
    );
  },
};

async function bundle() {
  const main = await outputOf({ entryPoints: ['src/cli.ts'], splitting: true });
  const checkPack = await outputOf({ entryPoints: [CHECK_PACK], splitting: false });
  const outputFiles = [...main.outputFiles, ...checkPack.outputFiles];
  const metafile = { outputs: { ...main.metafile.outputs, ...checkPack.metafile.outputs } };
  const files = new Map(outputFiles.map(({ path: file, text }) => [path.basename(file), headerOf(file, text) + text]));
  files.set('THIRD-PARTY-LICENSES', await thirdPartyLicenses(metafile, ROOT));
  return files;
}

async function outputOf(entry) {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  return build({
    ...entry,
    absWorkingDir: ROOT,
    outdir: 'dist',
    chunkNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Identifiers are kept, so that the stack in a bug report names the function that failed.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    define: { CREATE_API_VERSION: JSON.stringify(version) },
    // Its main file holds a second copy, for Node 6.
    alias: { prompts: 'prompts/lib/index.js' },
    plugins: [WITHOUT, BESIDE],
    metafile: true,
    write: false,
  });
}

function headerOf(file, text) {
  if (path.basename(file) === ENTRY) return SHEBANG;
  return text.includes(NEEDS_REQUIRE) ? REQUIRE : '';
}

/** Each file is replaced in one step, the entry last, so that a command that runs meanwhile finds all it needs. */
async function emit(files) {
  await mkdir(DIST, { recursive: true });
  const names = [...files.keys()].sort((a, b) => Number(a === ENTRY) - Number(b === ENTRY));
  for (const name of names) {
    const temporary = path.join(DIST, `.${name}.${process.pid}`);
    await writeFile(temporary, files.get(name));
    if (name === ENTRY) await chmod(temporary, 0o755);
    await rename(temporary, path.join(DIST, name));
  }
  const stale = (await readdir(DIST)).filter((name) => !files.has(name));
  for (const name of stale) await rm(path.join(DIST, name), { force: true });
}

await buildPack();
await emit(await bundle());
