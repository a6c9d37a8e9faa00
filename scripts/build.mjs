// Bundles src/ with everything it needs into dist/: the published package has no dependency.
//   node scripts/build.mjs --source-map    also writes the source maps, with which a stack of the bundle can be read
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { minifySync } from 'rolldown/utils';
import { buildPack } from './build-pack.mjs';
import { emit } from './lib/emit.mjs';
import { ROOT } from './lib/import-ts.mjs';
import { thirdPartyLicenses } from './lib/third-party-licenses.mjs';

const DIST = path.join(ROOT, 'dist');
const ENTRY = 'cli.js';
const TARGET = 'node20.19';

/**
 * The files of the bundle, by name: the program, its commands, and libraries that only some calls need. Each is loaded when its import
 * is reached, and the little that two of them need is in both, because Node compiles whole files, and takes time for each that it opens.
 * They are CommonJS, because Node takes six milliseconds to load its loader of ES modules.
 */
const ENTRY_POINTS = {
  cli: 'src/cli.ts',
  help: 'src/commands/help.ts',
  create: 'src/commands/create.ts',
  commander: 'commander',
  execa: 'execa',
  // Its main file holds a second copy, for Node 6.
  prompts: 'prompts/lib/index.js',
  // Without what writes TOML.
  'smol-toml': 'node_modules/smol-toml/dist/parse.js',
};

/** Files that take what they share with create.js, which is most of it, from there: the other commands, and the questions. */
const BESIDE_CREATE = {
  ask: 'src/commands/create/ask.ts',
  'load-command': 'src/commands/load-command.ts',
};

/**
 * What libraries load and nothing here uses, by the folder of the library: commander prints help, suggests commands, and loads
 * node:child_process for subcommands that are programs of their own, which takes two milliseconds, prompts has kinds of questions that
 * nobody is asked, and execa could log what it runs.
 */
const UNUSED = {
  'node_modules/commander/': /^(?:node:child_process|\.\/(?:lib\/)?help\.js|\.\/suggestSimilar)$/,
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

/**
 * kleur opens stdout when it is loaded, to find out whether it is a terminal, which takes five milliseconds. `src/ui/style.ts` decides that
 * for each stream instead.
 */
const KLEUR_WITHOUT_STDOUT = {
  name: 'kleur-without-stdout',
  setup({ onLoad }) {
    onLoad({ filter: /node_modules.kleur.index\.mjs$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const contents = text.replace('isTTY = process.stdout && process.stdout.isTTY;', '');
      if (contents === text) throw new Error('kleur no longer reads stdout where it did');
      return { contents };
    });
  },
};

/** Leaves dynamic imports of other files of the bundle to Node. */
const APART = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path: module }) => {
      const name = path.basename(module).replace(/\.[jt]s$/, '');
      const isFile = name in ENTRY_POINTS || name in BESIDE_CREATE;
      return kind === 'dynamic-import' && isFile ? { path: `./${name}.js`, external: true } : undefined;
    });
  },
};

/** Takes modules from create.js instead of bundling them again; `shared` has the names of their exports by their paths. */
function fromCreate(shared) {
  const numbers = [...shared.keys()];
  return {
    name: 'from-create',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        const module = path.relative(ROOT, file).replaceAll(path.sep, '/');
        const names = shared.get(module);
        if (names === undefined) return undefined;
        return {
          contents: `export const [${names.join()}] = require('./create.js').modules[${numbers.indexOf(module)}];`,
        };
      });
    },
  };
}

/** Runs esbuild with the options that all files of the bundle share; the metafile has the paths of modules from the root. */
function bundleFiles(version, { plugins = [], ...options }) {
  return build({
    absWorkingDir: ROOT,
    outdir: 'dist',
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: TARGET,
    supported: { 'dynamic-import': false },
    // A third less to download and to compile. With the source map of a version, its stacks in bug reports can be read.
    minify: true,
    sourcemap: process.argv.includes('--source-map') && 'external',
    legalComments: 'none',
    define: { CREATE_API_VERSION: JSON.stringify(version) },
    plugins: [WITHOUT_UNUSED, KLEUR_WITHOUT_STDOUT, APART, ...plugins],
    metafile: true,
    write: false,
    ...options,
  });
}

/** The modules of src/ that are loaded with a file of the bundle, with the names that each exports. */
async function modulesWith(entryPoint, { metafile }) {
  const modules = new Set([entryPoint]);
  for (const module of modules) {
    const loaded = metafile.inputs[module].imports.filter(
      ({ kind, external }) => kind === 'import-statement' && !external,
    );
    for (const { path: imported } of loaded) if (imported.startsWith('src/')) modules.add(imported);
  }
  const { metafile: apart } = await build({
    absWorkingDir: ROOT,
    entryPoints: [...modules],
    outdir: '.',
    format: 'esm',
    metafile: true,
    write: false,
  });
  return new Map(Object.values(apart.outputs).map(({ entryPoint, exports }) => [entryPoint, exports]));
}

/**
 * The program in files. create.js also exports `modules`, for the files beside it: a list of the exports of each that they share, as names
 * would make the package two hundredths larger.
 */
async function bundleProgram(version) {
  const { create, ...entryPoints } = ENTRY_POINTS;
  const shared = await modulesWith(create, await bundleFiles(version, { entryPoints: { create } }));
  const beside = await bundleFiles(version, {
    entryPoints: BESIDE_CREATE,
    external: ['./create.js'],
    plugins: [fromCreate(shared)],
  });
  const lists = [...shared].map(([module, names], number) => {
    const isNeeded = module in beside.metafile.inputs;
    return { module, number, list: isNeeded ? names.map((name) => `m${number}.${name}`) : [] };
  });
  const contents = [
    `export * from './${create}';`,
    ...lists.map(({ module, number }) => `import * as m${number} from './${module}';`),
    `export const modules = [${lists.map(({ list }) => `[${list.join()}]`).join()}];`,
  ];
  const stdin = { contents: contents.join('\n'), resolveDir: ROOT, sourcefile: 'create.js' };
  return Promise.all([
    bundleFiles(version, { entryPoints }),
    bundleFiles(version, { stdin, outdir: undefined, outfile: 'dist/create.js' }),
    beside,
  ]);
}

/** The scripts and source maps in `texts`: what esbuild has minified is made four hundredths smaller. */
function minifiedTwice(texts) {
  const scripts = Object.entries(texts).filter(([name]) => name.endsWith('.js'));
  const minified = scripts.flatMap(([name, text]) => {
    const inputMap = texts[`${name}.map`];
    const options = {
      compress: { target: TARGET },
      ...(inputMap && { sourcemap: true, inputMap: JSON.parse(inputMap) }),
    };
    // The ending says that it is CommonJS, so that names at the top are shortened, too.
    const { code, map, errors } = minifySync(name.replace(/js$/, 'cjs'), text, options);
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return [[name, code], ...(map ? [[`${name}.map`, JSON.stringify(map)]] : [])];
  });
  return Object.fromEntries(minified);
}

/** Every file of dist/ by its name; `pack` has the files of the built pack. The entry is last, as the others must be there first. */
async function bundle(pack) {
  const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const program = await bundleProgram(version);
  const outputFiles = program.flatMap((files) => files.outputFiles);
  const texts = Object.fromEntries(outputFiles.map(({ path: file, text }) => [path.basename(file), text]));
  const { [ENTRY]: entry, ...others } = minifiedTwice(texts);
  return new Map([
    ...[...pack].map(([name, text]) => [`pack/${name}`, text]),
    ...Object.entries(others),
    [
      'THIRD-PARTY-LICENSES',
      await thirdPartyLicenses(
        program.map(({ metafile }) => metafile),
        ROOT,
      ),
    ],
    [ENTRY, entry],
  ]);
}

await emit(DIST, await bundle(await buildPack()));
