/** What a Rust source says about modules and crates, read without a parser: enough for rustfmt-clean generated code. */

/** The names of `mod x;` declarations. */
export function declaredModules(source: string): readonly string[] {
  return [...source.matchAll(/^\s*(?:pub(?:\([a-z]+\))? )?mod (\w+);/gm)].map((match) => match[1] ?? '');
}

/** The paths where the file of `mod name;` may be, relative to the declaring file. */
export function moduleFiles(declaringFile: string, name: string): readonly string[] {
  const folder = declaringFile.replace(/[^/]*$/, '');
  const stem = declaringFile.slice(folder.length).replace(/\.rs$/, '');
  const owner = ['main', 'lib', 'mod'].includes(stem) ? folder : `${folder}${stem}/`;
  return [`${owner}${name}.rs`, `${owner}${name}/mod.rs`];
}

/** The first segments of all paths in the code, without comments and string literals. */
export function pathRoots(source: string): ReadonlySet<string> {
  // In one pass, so that `//` in a string does not start a comment, nor a quote in a comment a string.
  const code = source.replace(/\/\/.*|r#"[\s\S]*?"#|"(?:[^"\\]|\\.)*"|'(?:[^'\\\n]|\\.)'/g, '""');
  const roots = [...code.matchAll(/(?<![:\w])([a-z_][a-z0-9_]*)::/g)].map((match) => match[1] ?? '');
  return new Set(roots);
}

/** The first segments of `use` declarations. */
export function usedRoots(source: string): ReadonlySet<string> {
  return new Set(
    [...source.matchAll(/^\s*(?:pub(?:\([a-z]+\))? )?use (\w+)(?:::|;| as )/gm)].map((match) => match[1] ?? ''),
  );
}

/** Every path that `use` items import, with visibility and attributes, sorted; each once. */
export function importedPaths(source: string): readonly string[] {
  const items = source.matchAll(/^((?:#\[.*\]\n)*(?:pub(?:\([a-z]+\))? )?)use ([^;]*);$/gm);
  return [...new Set([...items].flatMap(([, head = '', tree = '']) => leaves(tree).map((path) => head + path)))].sort();
}

/** The paths of a tree, read from the left, with a prefix for each open brace. */
function leaves(tree: string): readonly string[] {
  const paths: string[] = [];
  const prefixes = [''];
  for (const [token, before = '', end] of tree.matchAll(/([^{},]*)([{},]|$)/g)) {
    if (token === '') continue;
    const path = `${prefixes.at(-1)}${before.trim()}`;
    if (end === '{') prefixes.push(path);
    else if (before.trim() !== '') paths.push(path);
    if (end === '}') prefixes.pop();
  }
  return paths;
}
