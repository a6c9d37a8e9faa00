// Preloaded into the command: writes to its fourth stream which files and modules of Node it has loaded.
const fs = require('node:fs');

const files = new Set();
const { readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  files.add(String(path));
  return readFileSync(path, ...rest);
};
const before = new Set(process.moduleLoadList);
process.on('exit', () => {
  const builtins = process.moduleLoadList.filter((name) => !before.has(name)).map((name) => name.replace(/^\w+ /, ''));
  fs.writeSync(3, JSON.stringify({ files: [...files], builtins }));
});
