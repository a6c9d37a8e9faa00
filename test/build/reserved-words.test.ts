import { describe, expect, test } from 'vitest';
import { SQL_WORDS } from '../../src/plan/sql-words.ts';
import { describeWith } from '../harness/describe-with.ts';
import type { Engine } from '../harness/engine.ts';
import { mariadb } from '../harness/mariadb.ts';
import { postgres } from '../harness/postgres.ts';
import { createDatabase } from '../harness/server.ts';

/** How a server lists its keywords. */
const KEYWORDS: readonly { readonly engine: Engine; readonly query: string }[] = [
  { engine: postgres, query: 'SELECT word FROM pg_get_keywords()' },
  { engine: mariadb, query: 'SELECT LOWER(word) FROM information_schema.keywords' },
];

describe.each(KEYWORDS)('$engine.name', ({ engine, query }) => {
  describeWith(engine, 'a keyword that is not reserved', (server) => {
    test('can name a table and a column', { timeout: 60_000 }, async () => {
      const url = await createDatabase(server(), 'words');
      const keywords = (await engine.sql?.(url, query)) ?? '';
      const free = keywords.split('\n').filter((word) => /^[a-z][a-z0-9_]*$/.test(word) && !SQL_WORDS.has(word));
      expect(free.length).toBeGreaterThan(200);
      const statements = free.map((word) => `CREATE TABLE ${word} (${word} INT); SELECT ${word} FROM ${word};`);
      await engine.sql?.(url, statements.join('\n'));
    });
  });
});
