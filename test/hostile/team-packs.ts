import type { Attack as Base, Corpus, Files } from './attack.ts';

interface Attack extends Base {
  /** Changes to pack.json. */
  readonly pack?: object;
  /** Typed instead of the folder of the pack. */
  readonly source?: string;
}

const FEATURE = 'features/extra/part.json';
const part = (more: object = {}) => ({ label: 'Extra', hint: 'An extra', order: 90, ...more });
const base = (more: object, files: Files = {}) => ({ files: { 'base/part.json': more, ...files } });
const file = (path: string, text: string | Uint8Array = 'x\n') => ({ files: { [`base/files/${path}`]: text } });
const template = (text: string) => file('extra.txt.hbs', text);
const loops = (depth: number, body: string) =>
  `${'{{#each @root.resources}}{{#each fields}}'.repeat(depth)}${body}${'{{/each}}{{/each}}'.repeat(depth)}`;
const variable = (more: object) => ({
  env: [
    {
      name: 'extra',
      doc: 'Extra.',
      variables: [{ name: 'EXTRA', field: 'extra', type: 'String', doc: 'Extra.', allowed: 'a text', ...more }],
    },
  ],
});
const CONSTRUCTED = `{{#with "s" as |s|}}{{#with (lookup s "constructor")}}{{this "x"}}{{/with}}{{/with}}`;

const ATTACKS: Readonly<Record<string, Attack>> = {
  // Paths and links.
  'a link to a file outside': { link: ['base/files/secret', '{outside}/secret'], refused: [5, 'is a link'] },
  'a link to a folder outside': { link: ['base/files/folder', '{outside}'], refused: [5, 'is a link'] },
  'a link for the folder of its files': { link: ['base/files', '{outside}'], refused: [5, 'is a link'] },
  'a link for its manifest': { link: ['base/part.json', '{outside}/secret'], refused: [5, 'is a link'] },
  'a named pipe': { pipe: 'base/files/pipe', refused: [5, 'base/files/pipe is no file'] },
  'a folder that is moved up': { ...base({ moves: { src: '../../outside' } }), refused: [5, 'moves.src'] },
  'a folder that is moved to the root': { ...base({ moves: { src: '/tmp/outside' } }), refused: [5, 'moves.src'] },
  'a folder that is moved into .git': { ...base({ moves: { src: '.git/hooks' } }), refused: [5, 'moves.src'] },
  'a file that is replaced outside': { ...base({ replaces: { '../secret': 'base' } }), refused: [5, 'replaces'] },
  // A folder of that name is no part of a source.
  'a git hook': { files: { 'base/files/x': 'x', 'base/files/.git/hooks/post-checkout': 'x' } },
  'a git hook by a short name': { ...file('GIT~1/hooks/post-checkout'), refused: [5, 'post-checkout'] },
  'a record of its own': { ...file('.create-api/lock.json', '{}'), refused: [5, '.create-api/lock.json'] },
  'a device name': { ...file('src/aux.rs'), refused: [5, 'aux.rs'] },
  'a serial port': { ...file('COM1'), refused: [5, 'COM1'] },
  'a name that ends with a dot': { ...file('LICENSE.'), refused: [5, 'LICENSE.'] },
  'a name with a backslash': { ...file('..\\..\\outside\\a'), refused: [5, 'outside'] },
  'a name that hides what is said': { ...file('a\u001b[2Kb'), refused: [5, '\\u001b'] },
  'the name of a prototype': { files: { 'features/__proto__/part.json': part() }, refused: [5, '__proto__'] },
  'a name in other capitals': { ...file('cargo.TOML'), refused: [5, 'cannot both be written'] },
  'a name in two spellings of Unicode': {
    files: { 'base/files/caf\u00e9': 'x\n', 'base/files/cafe\u0301': 'x\n' },
    refused: [5, 'cannot both be written'],
  },
  'a folder in the place of a file': { ...file('Cargo.toml/x'), refused: [5, 'cannot both be written'] },
  'a file of another part': { ...file('Dockerfile'), refused: [5, 'features/docker brings it too'] },
  'a path that is too long': { ...file(`${'long/'.repeat(80)}x`), refused: [5, 'too large'] },
  'a path that is too deep': { ...file(`${'d/'.repeat(30)}x`), refused: [5, 'too large'] },

  // Templates and texts.
  'a template that runs code': { ...template(CONSTRUCTED), refused: [5, 'is not supported'] },
  'a template that reads a constructor': {
    ...template('{{project.name.constructor}}'),
    refused: [5, 'is not defined'],
  },
  'a template that reads a prototype': { ...template('{{project.__proto__.x}}'), refused: [5, 'is not defined'] },
  'a template that reads the environment': { ...template('{{process.env.PATH}}'), refused: [5, 'is not defined'] },
  'a partial of another file': { ...template('{{> passwd}}'), refused: [5, 'PartialStatement is not supported'] },
  'loops in loops without end': { ...template(loops(30, 'x')), refused: [5, 'the templates'] },
  'a loop that renders more than the memory holds': {
    ...template(loops(7, 'x'.repeat(900_000))),
    refused: [5, 'the templates render more than'],
  },
  'an indentation of a billion': { ...template('{{indent 1000000000 "x"}}'), refused: [5, 'up to 200 spaces'] },
  'blocks that nest without end': {
    ...template('{{#if project.name}}'.repeat(40_000) + '{{/if}}'.repeat(40_000)),
    refused: [5, 'extra.txt.hbs'],
  },
  'texts that double each other': {
    files: {
      'base/types.json': {
        any: Object.fromEntries([
          ...Array.from({ length: 40 }, (_, index) => [`t${index}`, `{type.t${index + 1}}{type.t${index + 1}}`]),
          ['t40', 'x'],
        ]),
      },
    },
    refused: [5, 'is longer than'],
  },
  'texts that contain each other': {
    files: { 'base/types.json': { any: { a: '{type.b}', b: '{type.a}' } } },
    refused: [5, 'is not a text that it may use'],
  },
  'comments that never end': { ...file('src/x.rs', '/*'.repeat(400_000)) },
  'imports that never end': { ...file('src/x.rs', 'use a\n'.repeat(150_000)) },
  'attributes that never end': { ...file('src/x.rs', '#[a]\n'.repeat(150_000)) },
  'strings that never end': { ...file('src/x.rs', 'r#"'.repeat(300_000)) },
  'a pattern with a hundred wildcards': {
    pack: { classes: { managed: [`${'**a'.repeat(100)}b`] } },
    ...file('a'.repeat(100)),
    refused: [5, 'matches no file'],
  },

  // Sizes.
  'a file of two megabytes': { ...file('big', 'x'.repeat(2_000_000)), refused: [5, 'too large'] },
  'files of twelve megabytes': {
    files: Object.fromEntries(Array.from({ length: 13 }, (_, i) => [`base/files/${i}`, 'x'.repeat(900_000)])),
    refused: [5, 'too large'],
  },
  'thousands of files': {
    files: Object.fromEntries(Array.from({ length: 5_100 }, (_, index) => [`base/files/${index}`, 'x'])),
    refused: [5, 'more than 5000 files'],
  },
  'a label of a megabyte': { files: { [FEATURE]: part({ label: 'x'.repeat(900_000) }) }, refused: [5, 'label'] },
  'a manifest that nests without end': {
    files: { [FEATURE]: `${'{"vars":'.repeat(50_000)}1${'}'.repeat(50_000)}` },
    refused: [5, FEATURE],
  },
  'bytes that are no text': { ...file('x', new Uint8Array([0xff, 0xfe, 0x00])), refused: [5, 'is not text'] },

  // Names and values.
  'a prototype as a key': {
    files: { [FEATURE]: '{ "label": "A", "hint": "a", "order": 1, "vars": { "__proto__": "x" } }' },
    refused: [5, '__proto__ cannot be a key'],
  },
  'a key twice': {
    files: { [FEATURE]: '{ "label": "A", "hint": "a", "order": 1, "vars": {}, "vars": {} }' },
    refused: [5, 'stands twice'],
  },
  'an id that every object has': { files: { 'features/constructor/part.json': part() }, refused: [5, 'constructor'] },
  'a second line in a label': { files: { [FEATURE]: part({ label: 'x\n- run: rm' }) }, refused: [5, 'label'] },
  'a second line in a default': {
    ...base(variable({ default: 'x\nRUST_LOG=off' })),
    refused: [5, 'default'],
  },
  'Rust in a default': {
    ...base(variable({ default: '"); std::process::exit(1); //' })),
    contains: ['src/config/mod.rs', '\\"); std::process::exit(1); //'],
  },
  'Rust in a type': { ...base(variable({ type: 'String, pub y: u8' })), contains: ['src/config/mod.rs', 'String'] },
  'a feature of a crate that closes the list': {
    ...base({ crates: { tokio: { features: ['x"], git = "https://evil.example/"'] } } }),
    contains: ['Cargo.toml', 'x\\"], git = \\"https://evil.example/\\"'],
  },
  'a version of a crate that names a repository': {
    files: {
      'versions.json': { crates: { evil: '1", git = "https://evil.example/' } },
      'base/part.json': { crates: { evil: {} } },
    },
    contains: ['Cargo.toml', 'evil = "1\\", git = \\"https://evil.example/"'],
  },
  'a crate whose name opens a table': {
    files: { 'versions.json': { crates: { 'a]\n[patch.crates-io': '1' } } },
    refused: [5, 'crates'],
  },
  'another version of a crate': {
    files: { 'versions.json': { crates: { tokio: '0.1' } } },
    refused: [5, 'create-api or another pack has'],
  },
  'a resource that injects SQL': {
    pack: { resources: ["x'); drop table users; -- name:string(10)"] },
    refused: [5, 'resources[0]'],
  },
  'a resource that takes the place of users': { pack: { resources: ['user name:text'] }, refused: [2, 'user'] },

  'files that could be recorded, but not read again': {
    files: Object.fromEntries([1, 2, 3, 4].map((at) => [`base/files/a${at}`, '\u0001'.repeat(900_000)])),
    refused: [5, 'too large for .create-api/packs.jsonl'],
  },
  'text that leaves too little for the files of create-api': {
    files: {
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6, 7].map((at) => [`base/files/.a${at}.hbs`, loops(1, 'x'.repeat(999_900))]),
      ),
      'base/files/.a8': 'x'.repeat(990_000),
    },
    refused: [5, 'the files of the project have more than 3000000 characters'],
  },

  // Taking over.
  'the style of bind parameters': { ...base({ vars: { bind: '$' } }), refused: [5, 'overrides.bind is missing'] },
  'a cell of another part': {
    files: { 'middleware/cors/axum/part.json': {} },
    refused: [5, 'is the name of middleware/cors/axum already'],
  },
  'files for another part': { files: { 'middleware/cors/files/x': 'x\n' }, refused: [5, 'can add only cells'] },
  'the id of another part': { files: { 'middleware/docker/part.json': part() }, refused: [5, 'features/docker'] },
  'a slot that no file reads': { ...base({ slots: { no_such_slot: ['x'] } }), refused: [5, 'no_such_slot'] },
  'axes of its own': { pack: { axes: {} }, refused: [5, 'axes is not a known key'] },
  'a place in the repository': {
    pack: { placement: { repositoryRoot: { 'Cargo.toml': '../x' } } },
    refused: [5, 'placement'],
  },
  'a name that is a path': { pack: { name: '../x' }, refused: [5, 'name is'] },
  'another format': { pack: { formatVersion: 9 }, refused: [5, 'formatVersion is 9'] },
  'a newer create-api': { pack: { minCli: '99.0.0' }, refused: [5, 'minCli is 99.0.0'] },

  // Sources.
  'a source that is a flag of git': {
    source: `git+https://--upload-pack=touch/x#${'a'.repeat(40)}`,
    refused: [2, 'is no URL of a repository'],
  },
  'a source that is a program': { source: `git+ext::sh -c touch%20x#${'a'.repeat(40)}`, refused: [2, 'https, ssh'] },
  'a source that is a flag of npm': { source: 'npm:--registry=http://x@1.0.0', refused: [2, 'names no package'] },
  'a source on another machine': { source: '\\\\evil.example\\share', refused: [2, 'on another machine'] },
  'a source that is a branch': { source: 'git+https://example.com/x.git#main', refused: [2, 'names no commit'] },
  'a source that is a link to the root': { source: '/nowhere/at/all', refused: [2, 'no such folder'] },
};

/** Packs of teams, in `pack`: a project is created with everything that each offers. */
export const TEAM_PACKS: Corpus = {
  title: 'packs of teams',
  folder: 'pack',
  argv: [
    'orders',
    '--pack',
    '../pack',
    '--middleware',
    'all',
    '--features',
    'all',
    '--yes',
    '--no-install',
    '--no-git',
  ],
  attacks: Object.fromEntries(
    Object.entries(ATTACKS).map(([name, { pack, source, ...attack }]): [string, Attack] => {
      const manifest = { formatVersion: 1, minCli: '0.1.0', name: 'hostile', ...pack };
      const argv =
        source === undefined ? {} : { argv: ['orders', '--pack', source, '--yes', '--no-install', '--no-git'] };
      return [name, { ...attack, ...argv, files: { 'pack.json': manifest, ...attack.files } }];
    }),
  ),
};
