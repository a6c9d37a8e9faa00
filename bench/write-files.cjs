// Writes the files in a JSON document, paths and texts, to a new folder: what no program that creates the project can go below.
const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const [document, folder] = process.argv.slice(2);
for (const [name, text] of JSON.parse(readFileSync(document, 'utf8'))) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text, { flag: 'wx' });
}
process.stdout.write('done\n');
