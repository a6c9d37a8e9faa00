import { expect, test } from 'vitest';
import { align } from '../../src/render/align.ts';

test('what follows the first word of each line starts in the same column', () => {
  expect(align('    id BLOB NOT NULL,\n    name TEXT\n\n)\n')).toBe('    id   BLOB NOT NULL,\n    name TEXT\n\n)\n');
});
