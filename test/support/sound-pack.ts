import { manifest, packManifest } from './pack-folder.ts';

/** Path in a pack → text, or an object for JSON. */
export type Files = Readonly<Record<string, string | object>>;

/** A lock that has the crates of every project of the pack. */
export const LOCK = `version = 4

[[package]]
name = "http"
version = "1.0.0"

[[package]]
name = "service-name"
version = "0.1.0"
dependencies = [
 "http",
]
`;

/** A pack with nothing wrong: a framework that extends another, two databases, and authentication that closes a route, or is left out. */
export const SOUND: Files = {
  'pack.json': packManifest({ slots: ['routes', 'handlers', 'pages'] }),
  'base/files/src/main.rs': 'fn main() {}\n',
  'base/files/README.md.hbs': '{{project.name}}\n{{#each slots.pages}}{{this}}{{/each}}\n',
  'base/part.json': { crates: { http: {} }, slots: { pages: ['The base'] } },
  'frameworks/fast/part.json': manifest({ default: true }),
  'frameworks/fast/files/src/routes/mod.rs.hbs': '{{#each slots.routes}}{{this}}{{/each}}\n',
  'frameworks/fast/files/src/routes/users.rs': '// for everyone\n',
  'frameworks/faster/part.json': manifest({ extends: 'fast', replaces: { 'src/routes/mod.rs': 'frameworks/fast' } }),
  'frameworks/faster/files/src/routes/mod.rs.hbs': '{{#each slots.handlers}}{{this}}{{/each}}\n',
  'db-layers/query/part.json': manifest({ default: true }),
  'db-layers/query/files/src/db.rs.hbs': '// id = {{bind 1}}\n',
  'databases/lite/part.json': manifest({ order: 1, default: true, vars: { bind: '?' } }),
  'databases/big/part.json': manifest({ vars: { bind: '$' } }),
  'auth/open/part.json': manifest({ default: true, crates: { http: {} } }),
  'auth/nobody/part.json': manifest({ optsOut: true }),
  'auth/token/part.json': manifest({ needsCell: ['framework'] }),
  'auth/token/fast/part.json': { replaces: { 'src/routes/users.rs': 'frameworks/fast' } },
  'auth/token/fast/files/src/routes/users.rs': '// for who is signed in\n',
  'features/pages/part.json': manifest({ needsCell: ['framework'] }),
  'features/pages/fast/without-faster/slots/routes.rs': 'pages',
  'features/pages/faster/slots/handlers.rs': 'pages',
  ...Object.fromEntries(
    ['lite', 'big'].flatMap((database) =>
      Object.entries({ lock: LOCK, json: '{}' }).map(([ending, text]) => [
        `locks/fast-query-${database}.${ending}`,
        text,
      ]),
    ),
  ),
};
