import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The licences of every package that metafiles of esbuild have in their outputs, as one text sorted by name.
 * Throws if a package has no licence text, because it could not be redistributed.
 */
export async function thirdPartyLicenses(metafiles, root) {
  const folders = new Set();
  for (const { inputs } of metafiles.flatMap(({ outputs }) => Object.values(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
      if (folder && bytesInOutput > 0) folders.add(path.join(root, folder));
    }
  }
  const notices = await Promise.all([...folders].map(noticeOf));
  return `create-api includes the following packages.\n\n${[...new Set(notices)].sort().join('\n')}`;
}

async function noticeOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} has no licence text`);
  const text = await readFile(path.join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n${'-'.repeat(80)}\n${text.trim()}\n`;
}
