// Bundles src/ with everything it needs into dist/: the published package has no dependency.
//   node scripts/build.mjs --source-map    also writes the source maps, with which a stack of the bundle can be read
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { buildPack } from './build-pack.mjs';
import { emit } from './lib/emit.mjs';
import { ROOT } from './lib/import-ts.mjs';
import { thirdPartyLicenses } from './lib/third-party-licenses.mjs';

const DIST = path.join(ROOT, 'dist');
const ENTRY = 'cli.js';

/**
 * The files of the bundle, by name: the program, its commands, and libraries that only some calls need. Each is loaded when its import
 * is reached, and what two files need is in both, because Node compiles whole files, and takes time for each that it opens. They are
 * CommonJS, because Node takes six milliseconds to load its loader of ES modules.
 */
const ENTRY_POINTS = {
  cli: 'src/cli.ts',
  help: 'src/commands/help.ts',
  'load-command': 'src/commands/load-command.ts',
  commander: 'commander',
  execa: 'execa',
  // Its main file holds a second copy, for Node 6.
  prompts: 'prompts/lib/index.js',
  // Without what writes TOML.
  'smol-toml': 'node_modules/smol-toml/dist/parse.js',
};

/**
 * What libraries load and nothing here uses, by the folder of the library: commander loads node:child_process for subcommands that are
 * programs of their own, which takes two milliseconds, prompts has kinds of questions that nobody is asked, and execa could log what
 * it runs.
 */
const UNUSED = {
  'node_modules/commander/': /^node:child_process$/,
  'node_modules/execa/lib/verbose/': /^(?:figures|pretty-ms|yoctocolors)$/,
  'node_modules/prompts/lib/elements/': /^\.\/(?:autocomplete|autocompleteMultiselect|confirm|date|number|toggle)$/,
};

const WITHOUT_UNUSED = {
  name: 'without-unused',
  setup({ onResolve, onLoad }) {
    for (const [folder, filter] of Object.entries(UNUSED)) {
      onResolve({ filter }, ({ importer, path: module }) =>
        importer.replaceAll('\\', '/').includes(folder) ? { path: module, namespace: 'empty' } : undefined,
      );
    }
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: '' }));
  },
};

/** Leaves dynamic imports of other files of the bundle to Node. */
const APART = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path: module }) => {
      const name = path.basename(module).replace(/\.[jt]s$/, '');
      return kind === 'dynamic-import' && name in ENTRY_POINTS ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** Every file of dist/ by its name; `pack` has the files of the built pack. The entry is last, as the others must be there first. */
async function bundle(pack) {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { outputFiles, metafile } = await build({
    entryPoints: ENTRY_POINTS,
    absWorkingDir: ROOT,
    outdir: 'dist',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    // A third less to download and to compile. With the source map of a version, its stacks in bug reports can be read.
    minify: true,
    sourcemap: process.argv.includes('--source-map') && 'external',
    legalComments: 'none',
    define: { CREATE_API_VERSION: JSON.stringify(version) },
    plugins: [WITHOUT_UNUSED, APART],
    metafile: true,
    write: false,
  });
  const { [ENTRY]: entry, ...others } = Object.fromEntries(
    outputFiles.map(({ path: file, text }) => [path.basename(file), text]),
  );
  return new Map([
    ...[...pack].map(([name, text]) => [`pack/${name}`, text]),
    ...Object.entries(others),
    ['THIRD-PARTY-LICENSES', await thirdPartyLicenses(metafile, ROOT)],
    [ENTRY, entry],
  ]);
}

await emit(DIST, await bundle(await buildPack()));
