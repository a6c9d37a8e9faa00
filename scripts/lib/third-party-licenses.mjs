import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The licences of every package that metafiles of esbuild have in their outputs, as one text sorted by name. Packages
 * with the same licence, but for its line breaks, share it. Throws if a package has no licence text, because it could
 * not be redistributed.
 */
export async function thirdPartyLicenses(metafiles, root) {
  const folders = new Set();
  for (const { inputs } of metafiles.flatMap(({ outputs }) => Object.values(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const [folder] = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? [];
      if (folder && bytesInOutput > 0) folders.add(path.join(root, folder));
    }
  }
  const notices = new Map();
  for (const { title, text } of await Promise.all([...folders].sort().map(licenceOf))) {
    const words = text.replace(/\s+/g, ' ');
    const notice = notices.get(words) ?? { titles: new Set(), text };
    notices.set(words, notice);
    notice.titles.add(title);
  }
  const sections = [...notices.values()].map(({ titles, text }) => [...titles, '-'.repeat(80), text, ''].join('\n'));
  return `create-api includes the following packages.\n\n${sections.sort().join('\n')}`;
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} has no licence text`);
  const text = await readFile(path.join(folder, file), 'utf8');
  return { title: `${name} ${version} (${license})`, text: text.trim() };
}
