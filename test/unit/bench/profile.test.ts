import { describe, expect, test } from 'vitest';
import { benchModule } from './modules.ts';

const { instructionsByPart } = await benchModule('profile/output.mjs');
const { comparisonOf } = await benchModule('profile/results.mjs');
const { profileSection } = await benchModule('report/profile.mjs');

const CRATES = '/home/me/.cargo/registry/src/index.example-1949cf8c6b5b557f';
const OUTPUT = `events: Ir

ob=(1) /work/target/profiled/service
fl=(1) ${CRATES}/tower-http-0.6.2/src/cors/mod.rs
fn=(1) <tower_http::cors::Cors<S> as tower_service::Service>::call
10 5
fi=(2) /rustc/59807616e1fa/library/core/src/option.rs
+3 7
fi=(3) ${CRATES}/http-1.1.0/src/header/map.rs
-1 11
fe=(1)
cob=(2) /usr/lib/x86_64-linux-gnu/libc.so.6
cfi=(4) ./malloc/./malloc/malloc.c
cfn=(2) malloc
calls=3 100
* 600

fl=(5) /work/service/src/middleware/cors.rs
fn=(3) service::middleware::cors::layer
20 13

ob=(2)
fl=(4)
fn=(2)
100 600
fl=(6) ./string/../sysdeps/memcpy.S
fn=(4) memcpy
1 17

ob=(1)
fl=(2)
fn=(5) core::option::Option<T>::map
1 19
fi=(8) /rustc/59807616e1fa/library/compiler-builtins/src/macros.rs
+2 2
fl=(7) ???
fn=(6) 0x0000000000001000
0 23

ob=(3) /usr/lib/x86_64-linux-gnu/libgcc_s.so.1
fl=(7)
fn=(7) 0x0000000000002000
0 29

ob=(1)
fl=(9) ${CRATES}/libsqlite3-sys-0.36.0/sqlite3/sqlite3.c
fn=(8) sqlite3_step
5 31

totals: 757
`;

describe('the output of Callgrind', () => {
  test('is counted by crate, file of the service, and library', () => {
    expect(instructionsByPart(OUTPUT)).toEqual({
      // What is inlined from the standard library is the function's.
      'tower-http': 5 + 7,
      http: 11,
      'src/middleware/cors.rs': 13,
      malloc: 600,
      libc: 17,
      'standard library': 19 + 2 + 23,
      'other libraries': 29,
      'libsqlite3-sys': 31,
    });
  });

  test('is an error if it is not all understood', () => {
    expect(() => instructionsByPart(OUTPUT.replace('757', '758'))).toThrow('of which 757 were read');
    expect(() => instructionsByPart('')).toThrow();
  });
});

describe('the comparison', () => {
  const bare = { '/health': { hyper: 1000, libc: 500, matchit: 5 } };
  const ours = { '/health': { hyper: 900, libc: 700, matchit: 9, uuid: 300 } };
  const comparison = comparisonOf(ours, bare);

  test('names first what ours adds most to, and sums up what hardly differs', () => {
    expect(comparison['/health']).toEqual({
      total: { bare: 1505, ours: 1909 },
      parts: [
        { part: 'uuid', bare: 0, ours: 300 },
        { part: 'libc', bare: 500, ours: 700 },
        { part: 'hyper', bare: 1000, ours: 900 },
        { part: 'others', bare: 5, ours: 9 },
      ],
    });
  });

  const settings = { requests: 1000 };

  test('is on the page', () => {
    const { markdown } = profileSection({ results: { axum: comparison }, settings, unavailable: {} });
    expect(markdown).toContain('| Axum, /health | 1,505 | 1,909 | 404 |');
    expect(markdown).toContain('| hyper | 1,000 | 900 | -100 |\n| others | 5 | 9 | 4 |\n| all | 1,505 | 1,909 | 404 |');
  });

  test('has what failed on the page, and no text without its table', () => {
    const { markdown } = profileSection({ results: {}, settings, unavailable: { 'bare-axum': 'it does not build' } });
    expect(markdown).toBe('Not measured, since it failed: bare-axum.');
  });
});
