import type { Attack, Corpus, Files } from './attack.ts';

const preset = (json: object): Files => ({ 'preset.json': json });
const text = (content: string | Uint8Array): Files => ({ 'preset.json': content });
const described = (description: string) => ({ files: preset({ description }) });
const resource = (text: string) => ({ files: preset({ resources: [text] }) });
const chain = (length: number) =>
  Object.fromEntries(
    Array.from({ length }, (_, index) => [
      index === 0 ? 'preset.json' : `${index}.json`,
      { extends: `./${index + 1}.json` },
    ]),
  );

const ATTACKS: Readonly<Record<string, Attack>> = {
  // Files.
  'a link to a file that is no preset': { link: ['preset.json', '{outside}/secret'], refused: [2, 'is not JSON'] },
  'a named pipe': { pipe: 'preset.json', refused: [2, 'it is not a file'] },
  'a folder in its place': { files: { 'preset.json/preset.json/x': 'x' }, refused: [2, 'preset'] },
  'a megabyte of spaces': { files: text(`{${' '.repeat(1_000_000)}}`), refused: [2, 'bytes, and may have'] },
  'bytes that are no text': { files: text(new Uint8Array([0xff, 0xfe, 0x7b, 0x00])), refused: [2, 'not UTF-8'] },
  'something else than an object': { files: text('["framework"]'), refused: [2, 'holds no JSON object'] },
  'lists in lists without end': { files: text('['.repeat(90_000)), refused: [2, 'preset.json is'] },
  'a key twice': { files: text('{"auth":"none","auth":"jwt"}'), refused: [2, 'auth stands twice'] },
  'a prototype as a key': {
    files: text('{"__proto__":{"polluted":"yes"}}'),
    refused: [2, 'unknown key "__proto__"'],
  },
  'a key that every object has': { files: text('{"constructor":"x"}'), refused: [2, 'unknown key "constructor"'] },
  'a key that clears the screen': {
    files: text('{"\\u001b[2J\\u001b[1;1H":"x"}'),
    refused: [2, 'unknown key'],
  },
  'a key that turns the text around': { files: text('{"\\u202edetsurt":"x"}'), refused: [2, 'unknown key'] },
  'a flag of the run': { files: preset({ onConflict: 'overwrite' }), refused: [2, 'unknown key "onConflict"'] },

  // Others that it extends.
  itself: { files: preset({ extends: './preset.json' }), refused: [2, 'in a circle'] },
  'a circle of two': {
    files: { ...preset({ extends: 'other.json' }), 'other.json': { extends: ['./preset.json'] } },
    refused: [2, 'in a circle'],
  },
  'a chain without end': { files: chain(30), refused: [2, 'more than 10 times'] },
  'two thousand times the same, nine levels deep': {
    files: Object.fromEntries([
      ...Array.from({ length: 9 }, (_, level): [string, object] => [
        level === 0 ? 'preset.json' : `${level}.json`,
        { extends: Array.from({ length: 2000 }, () => `./${level + 1}.json`) },
      ]),
      ['9.json', {}],
    ]),
  },
  'a hundred others': {
    files: {
      ...preset({ extends: Array.from({ length: 100 }, (_, index) => `./${index}.json`) }),
      ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.json`, {}])),
    },
    refused: [2, 'more than 50 presets'],
  },
  'a program as what it extends': {
    files: preset({ extends: `git+ext::sh -c touch% x#${'a'.repeat(40)}` }),
    refused: [2, 'https, ssh'],
  },
  'a flag of git as what it extends': {
    files: preset({ extends: `git+ssh://-oProxyCommand=touch%20x/y#${'a'.repeat(40)}` }),
    refused: [2, 'is no URL of a repository'],
  },
  'a commit that is a flag': {
    files: preset({ extends: 'git+https://git.example/x.git#--upload-pack=touch' }),
    refused: [2, 'names no commit'],
  },
  'a flag of npm as what it extends': {
    files: preset({ extends: 'npm:--registry=https://evil.example@1.0.0' }),
    refused: [2, 'names no package'],
  },
  'an alias of npm as what it extends': {
    files: preset({ extends: 'npm:x@npm:evil@1.0.0' }),
    refused: [2, 'npm:x@'],
  },
  'a range of versions': {
    files: preset({ extends: 'npm:@acme/standard@^1.0.0' }),
    refused: [2, 'npm:@acme/standard'],
  },
  'another machine as what it extends': {
    files: preset({ extends: '\\\\evil.example\\share\\preset.json' }),
    refused: [2, 'is on another machine'],
  },
  'a source over two lines': {
    files: preset({ extends: 'npm:a@1.0.0\n--registry=https://evil.example' }),
    refused: [2, 'preset.json'],
  },
  'a number as what it extends': { files: preset({ extends: [1] }), refused: [2, 'extends is [1]'] },

  // Packs.
  'a program as a pack': {
    files: preset({ packs: [`git+ext::sh -c touch% x#${'a'.repeat(40)}`] }),
    refused: [2, 'https, ssh'],
  },
  'a flag as a pack': {
    files: preset({ packs: ['npm:--ignore-scripts=false@1.0.0'] }),
    refused: [2, 'names no package'],
  },
  'the whole disk as a pack': { files: preset({ packs: ['/'] }), refused: [5, 'has more than'] },
  'a folder without a pack': { files: preset({ packs: ['{outside}'] }), refused: [5, 'pack.json'] },

  // Names and values.
  'a name that is a path': { files: preset({ name: '../../outside/x' }), refused: [2, 'name'] },
  'a name that is a device': { files: preset({ name: 'con' }), refused: [2, 'con'] },
  'a name with a line of TOML': { files: preset({ name: 'x"\n[patch.crates-io]' }), refused: [2, 'name'] },
  'a description with a line of TOML': { ...described('x"\n[patch.crates-io]\nx = "1'), refused: [2, 'description'] },
  'a description that clears the screen': {
    ...described('x\u001b[2J\u001b]0;title\u0007'),
    refused: [2, 'description'],
  },
  'a description that turns the text around': { ...described('x \u202e yadot'), refused: [2, 'description'] },
  'a description with a hundred thousand letters': { ...described('x'.repeat(100_000)), refused: [2, 'description'] },
  'a description that ends a text of TOML': {
    ...described('x"]\\'),
    contains: ['Cargo.toml', 'description = "x\\"]\\\\"'],
  },
  'a description that ends a text of Rust': {
    ...described('"); std::process::exit(1); //'),
    contains: ['Cargo.toml', 'description = "\\"); std::process::exit(1); //"'],
  },
  'a description in the language of templates': {
    ...described('{{project.constructor}} {{{vars}}}'),
    contains: ['README.md', '{{project.constructor}} {{{vars}}}'],
  },
  'a description in the language of workflows': {
    ...described('$'.concat('{{ secrets.TOKEN }}')),
    contains: ['README.md', '{{ secrets.TOKEN }}'],
  },
  'a choice that every object has': {
    files: preset({ framework: 'constructor' }),
    refused: [2, 'no choice "constructor"'],
  },
  'a choice that is a path': { files: preset({ framework: '../../outside' }), refused: [2, 'no choice'] },
  'a choice that is a flag': { files: preset({ auth: '--on-conflict=overwrite' }), refused: [2, 'no choice'] },
  'a prototype in a list': { files: preset({ features: ['+__proto__'] }), refused: [2, '__proto__'] },
  'a list of ten thousand': {
    files: preset({ features: Array.from({ length: 10_000 }, (_, index) => `x${index}`) }),
    refused: [2, 'features'],
  },
  'a choice that clears the screen': { files: preset({ framework: '\u001b[2Jaxum' }), refused: [2, 'no choice'] },
  'an explanation that clears the screen': { files: preset({ about: 'x\u001b[2J' }), refused: [2, 'about is'] },
  'an explanation that turns the text around': { files: preset({ about: 'x \u202e yadot' }), refused: [2, 'about is'] },
  'an explanation of several lines': { files: preset({ about: 'x\u2028Create it? yes' }), refused: [2, 'about is'] },

  // Resources.
  'a resource with SQL': { ...resource("x'); drop table users; -- name:text"), refused: [2, "x')"] },
  'a resource with Rust': { ...resource('tea name:text}fn'), refused: [2, 'text}fn'] },
  'a resource that is a path': { ...resource('../../outside/x name:text'), refused: [2, '../../outside/x'] },
  'a resource that is a prototype': { ...resource('__proto__ name:text'), refused: [2, '__proto__'] },
  'a resource that every object has': {
    ...resource('constructor name:text'),
    contains: ['src/models/constructor.rs', 'Constructor'],
  },
  'a resource that is a device': { ...resource('con name:text'), refused: [2, 'con'] },
  'a resource that is a keyword': { ...resource('match name:text'), refused: [2, 'match'] },
  'a word of an enum with SQL': { ...resource("tea kind:enum(a|b');drop)"), refused: [2, 'enum'] },
  'a word of an enum with Rust': { ...resource('tea kind:enum(a|b")]fn)'), refused: [2, 'enum'] },
  'a resource with a second line': { ...resource('tea name:text\nother:text') },
  'a resource that clears the screen': { ...resource('tea \u001b[2Jname:text'), refused: [2, 'tea'] },
  'a text of a billion letters': { ...resource('tea name:string(1000000000)'), refused: [2, 'string'] },
  'a number with a billion digits': { ...resource('tea price:decimal(1000000000,2)'), refused: [2, 'decimal'] },
  'a minimum that is no number': { ...resource('tea size:i64:min=1e999'), refused: [2, 'min'] },
  'a minimum beyond its type': { ...resource('tea size:i64:min=99999999999999999999'), refused: [2, 'min'] },
  'a hundred thousand letters': { ...resource(`tea ${'x'.repeat(100_000)}:text`), refused: [2, '100009 characters'] },
  'a thousand fields': {
    ...resource(`tea ${Array.from({ length: 1000 }, (_, index) => `f${index}:i64`).join(' ')}`),
    refused: [2, '29'],
  },
  'five thousand resources': {
    files: preset({ resources: Array.from({ length: 5000 }, (_, index) => `t${index}x name:text`) }),
    refused: [2, '100'],
  },

  // Policies.
  'a policy that is none': { files: preset({ policy: [] }), refused: [2, 'policy'] },
  'a prototype in its policy': {
    files: text('{"policy":{"lock":{"__proto__":{"polluted":"yes"}}}}'),
    refused: [2, '__proto__'],
  },
};

/** Presets, in `team`: a project is created with each. */
export const PRESETS: Corpus = {
  title: 'presets',
  folder: 'team',
  argv: ['orders', '--preset', '../team/preset.json', '--yes', '--no-install', '--no-git'],
  attacks: ATTACKS,
};
