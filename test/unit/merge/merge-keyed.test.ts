import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { findMarkers, labelsFor } from '../../../src/merge/markers.ts';
import { mergeByFormat } from '../../../src/merge/merge-by-format.ts';
import { mergeText } from '../../../src/merge/merge-text.ts';
import { holds } from '../../support/property.ts';
import { documents, printJson, printToml, printYaml } from './documents.ts';
import { leavesOf, lossesOf } from './leaves.ts';

const LABELS = labelsFor('0.1.0');

const withoutComments = (text: string) => JSON.parse(text.replace(/^ *\/\/.*\n/gm, ''));

describe.each([
  ['a TOML file', 'clippy.toml', printToml, (text: string) => parseToml(text)],
  ['a manifest', 'Cargo.toml', printToml, (text: string) => parseToml(text)],
  ['a YAML file', 'compose.yaml', printYaml, (text: string) => parseYaml(text)],
  ['a JSON file', 'devcontainer.json', printJson, withoutComments],
])('any three versions of %s', (_, path, print, parse) => {
  test('are merged without a loss, or are a conflict', { timeout: 120_000 }, async () => {
    let [merged, byKey] = [0, 0];
    await holds(
      fc.asyncProperty(documents, async ({ base, ours, theirs }) => {
        const texts = {
          base: print(base.document, base.style),
          ours: print(ours.document, ours.style),
          theirs: print(theirs.document, theirs.style),
        };
        const { text, reason } = await mergeByFormat(path, texts, LABELS);
        if (reason !== undefined) return;
        merged++;
        if (mergeText(texts, LABELS).text !== text) byKey++;
        const read = (version: string) => leavesOf(parse(version));
        const versions = { base: read(texts.base), ours: read(texts.ours), theirs: read(texts.theirs) };
        const losses = lossesOf({ ...versions, merged: read(text) });
        const comments = (version: string) => version.match(/(?:#|\/\/) (?:ours|theirs) \d/g) ?? [];
        const kept = new Set(comments(text));
        const lost = comments(texts.ours + texts.theirs).filter((comment) => !kept.has(comment));
        if (losses.length > 0 || lost.length > 0)
          expect.fail(JSON.stringify({ ...texts, text, losses, lost }, null, 1));
      }),
      { runs: 800 },
    );
    expect(merged).toBeGreaterThan(300);
    expect(byKey).toBeGreaterThan(50);
  });
});

async function merge(path: string, base: string, ours: string, theirs: string) {
  return mergeByFormat(path, { base, ours, theirs }, LABELS);
}

describe('a merge by key', () => {
  test.each<[title: string, path: string, base: string, ours: string, theirs: string, merged: string]>([
    [
      'adds a dependency beside one of the user',
      'Cargo.toml',
      '[dependencies]\nserde = "1.0"\n',
      '[dependencies]\nserde = "1.0" # mine\nuuid = "1"\n',
      '[dependencies]\nserde = "1.0"\ntokio = "1.40"\n',
      '[dependencies]\nserde = "1.0" # mine\ntokio = "1.40"\nuuid = "1"\n',
    ],
    [
      'raises a version, and keeps the features and the spacing of the user',
      'Cargo.toml',
      '[dependencies]\ntokio = { version = "1.40", features = ["rt"] }\n',
      '[dependencies]\ntokio = { version = "1.40", features = [\n  "rt",\n  "fs",\n] }\n',
      '[dependencies]\ntokio = { version = "1.41", features = ["net", "rt"] }\n',
      '[dependencies]\ntokio = { version = "1.41", features = [\n  "net",\n  "rt",\n  "fs",\n] }\n',
    ],
    [
      'adds a feature to a version that the user raised',
      'Cargo.toml',
      '[dependencies]\nserde = "1.0"\n',
      '[dependencies]\nserde = "1.1"\n',
      '[dependencies]\nserde = { version = "1.0", features = ["derive"] }\n',
      '[dependencies]\nserde = { version = "1.1", features = ["derive"] }\n',
    ],
    [
      'adds a service and a variable to Compose',
      'compose.yaml',
      'services:\n  api:\n    environment:\n      HOST: a\n',
      'services:\n  api:\n    environment:\n      HOST: a\n      MINE: b\n  mail:\n    image: mail\n',
      'services:\n  api:\n    environment:\n      HOST: a\n      NEW: c\n\n  # Cache.\n  redis:\n    image: redis\n',
      'services:\n  api:\n    environment:\n      HOST: a\n      MINE: b\n      NEW: c\n  mail:\n    image: mail\n\n  # Cache.\n  redis:\n    image: redis\n',
    ],
    [
      'adds to a list in brackets',
      'config/test.yaml',
      'a:\n  ports: [1, 2] # two\n',
      'a:\n  ports: [1, 2, 3] # two\n',
      'a:\n  ports: [1, 2, 4] # two\n',
      'a:\n  ports: [1, 2, 3, 4] # two\n',
    ],
    [
      'keeps the comments of JSON',
      '.devcontainer/devcontainer.json',
      '{\n  "a": 1\n}\n',
      '{\n  // mine\n  "a": 1, // one\n  "b": 2\n}\n',
      '{\n  "a": 1,\n  "c": 3\n}\n',
      '{\n  // mine\n  "a": 1, // one\n  "b": 2,\n  "c": 3\n}\n',
    ],
    [
      'adds a variable beside one of the user',
      '.env.example',
      '# The host.\n# HOST=a\n',
      '# The host.\nHOST=b\n# Mine.\nMINE=1\n',
      '# The host.\n# HOST=a\n\n# The port.\n# PORT=1\n',
      '# The host.\nHOST=b\n# Mine.\nMINE=1\n\n# The port.\n# PORT=1\n',
    ],
    [
      'adds a line beside one of the user',
      '.gitignore',
      '/target\n',
      '/target\n/mine\n',
      '/target\n*.db\n',
      '/target\n*.db\n/mine\n',
    ],
    ['ends without a line ending as the text of the user', '.gitignore', 'b\n', 'b\nc', 'a\nb\n', 'a\nb\nc'],
  ])('%s', async (_, path, base, ours, theirs, merged) => {
    expect(await merge(path, base, ours, theirs)).toEqual({ text: merged, conflicts: [] });
  });

  test.each<[title: string, path: string, base: string, ours: string, theirs: string, reason: string]>([
    [
      'names the key that both changed',
      'Cargo.toml',
      '[dependencies]\ntokio = "1.40"\n',
      '[dependencies]\ntokio = "1.41"\n',
      '[dependencies]\ntokio = "1.42"\n',
      'You and the templates changed `dependencies.tokio.version`.',
    ],
    [
      'names the key that one side removed',
      'compose.yaml',
      'a:\n  x: 1\nb: 1\n',
      'a:\n  x: 2\nb: 1\n',
      'b: 1\n',
      'You changed `a`, which the templates removed.',
    ],
    [
      'is there for a key that both added in different places, which by line would stand twice',
      'clippy.toml',
      'a = 1\nb = 1\nc = 1\nd = 1\n',
      'new = 1\na = 1\nb = 1\nc = 1\nd = 1\n',
      'a = 1\nb = 1\nc = 1\nd = 1\nnew = 2\n',
      'You and the templates changed `new`.',
    ],
    [
      'is there for steps that both added in the same place',
      'ci.yml',
      'steps:\n  - run: a\n',
      'steps:\n  - run: a\n  - run: b\n',
      'steps:\n  - run: a\n  - run: c\n',
      'You and the templates changed the order of `steps`, or added to it in the same place.',
    ],
    [
      'is there for a file of the user that is broken',
      'Cargo.toml',
      '[package]\nname = "a"\n',
      '[package\nname = "b"\n',
      '[package]\nname = "c"\n',
      'You and the templates changed the same lines.',
    ],
  ])('that fails %s', async (_, path, base, ours, theirs, reason) => {
    const merged = await merge(path, base, ours, theirs);
    expect(merged.reason).toBe(reason);
    expect(findMarkers(merged.text).length).toBeGreaterThan(0);
  });

  test('writes a key that both added alike once', async () => {
    const text = 'a = 1\nb = 1\nc = 1\nd = 1\n';
    expect(await merge('clippy.toml', text, `new = 1\n${text}`, `${text}new = 1\n`)).toEqual({
      text: `new = 1\n${text}`,
      conflicts: [],
    });
  });
});
