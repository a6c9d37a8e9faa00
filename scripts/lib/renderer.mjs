import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { BUILT_PACK, buildPack } from '../build-pack.mjs';
import { answersOf } from './answers-of.mjs';
import { ROOT } from './import-ts.mjs';

const CORE = `
  export { parseResource } from './src/model/resource-syntax.ts';
  export { loadCatalog, loadTemplates } from './src/catalog/builtin.ts';
  export { plan } from './src/plan/plan.ts';
  export { render } from './src/render/render.ts';`;

/**
 * Compiles the working tree's templates, and gives their catalog and a function that renders a project of them into a
 * folder. The function takes the flags' values by the flags' names, what is not there is the default; `lock: false`
 * leaves Cargo.lock out. It returns the answers that the flags came to. `filesOf` gives the files of such a project without a lock.
 */
export async function loadRenderer() {
  await buildPack();
  const out = path.join(ROOT, 'build', 'scripts', `core-${process.pid}.mjs`);
  await build({
    stdin: { contents: CORE, resolveDir: ROOT },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: out,
    mainFields: ['module', 'main'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
  const { loadCatalog, loadTemplates, parseResource, plan, render } = await import(pathToFileURL(out).href);
  const catalog = loadCatalog(BUILT_PACK);
  const renderFiles = (answers, lock) => {
    const planned = plan(answers, catalog);
    return render(lock ? planned : { ...planned, lock: null }, loadTemplates(BUILT_PACK, planned, catalog));
  };
  const renderInto = async (folder, flags, { lock = true } = {}) => {
    const resources = flags.resource?.map((text) => parsed(parseResource(text)));
    const answers = answersOf({ ...flags, resources }, catalog);
    await write(folder, renderFiles(answers, lock));
    return answers;
  };
  const filesOf = (flags) => renderFiles(answersOf(flags, catalog), false);
  return { catalog, renderInto, filesOf, write };
}

function parsed({ resource, problems }) {
  if (resource === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return resource;
}

async function write(folder, files) {
  for (const file of files) {
    const target = path.join(folder, file.path);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, file.text);
    if (file.executable) await chmod(target, 0o755);
  }
}
