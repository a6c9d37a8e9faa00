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
