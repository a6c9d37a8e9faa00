import { expect } from 'vitest';
import type { Client } from './http/client.ts';

/** A sample of the Prometheus text format: a name, its labels, its value. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;
const COMMENT = /^# (?:(?:HELP|UNIT) \S+ .+|TYPE \S+ (?:counter|gauge|histogram|summary|unknown|untyped|info)|EOF)$/;

/** The samples of `GET /metrics`; fails if the response is not a 200 in the Prometheus text format. */
export async function scrape(metrics: Client): Promise<readonly Sample[]> {
  const reply = await metrics.get('/metrics');
  expect(reply.status, reply.text).toBe(200);
  return parseExposition(reply.text);
}

/** The samples of a text; fails at the first malformed line, and if a name has no type declared before it. */
export function parseExposition(text: string): readonly Sample[] {
  const samples: Sample[] = [];
  const types = new Set<string>();
  expect(text.endsWith('\n'), 'the last line ends').toBe(true);
  for (const line of text.slice(0, -1).split('\n')) {
    if (line.startsWith('#')) {
      expect(line).toMatch(COMMENT);
      if (line.startsWith('# TYPE ')) types.add(line.split(' ')[2] ?? '');
      continue;
    }
    const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
    expect(name, line).not.toBe('');
    expect(Number(value), line).not.toBeNaN();
    expect(
      [name, name.replace(/_(total|bucket|sum|count)$/, '')].some((family) => types.has(family)),
      line,
    ).toBe(true);
    samples.push({ name, labels: parseLabels(labels), value: Number(value) });
  }
  return samples;
}

function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (let rest = text; rest !== ''; ) {
    const [all = '', name = '', value = ''] = LABEL.exec(rest) ?? [];
    expect(name, `labels ${text}`).not.toBe('');
    labels[name] = value;
    rest = rest.slice(all.length);
  }
  return labels;
}

/** The sum of all samples of this name with these labels; 0 if there are none. */
export function total(samples: readonly Sample[], name: string, labels: Sample['labels'] = {}): number {
  const matches = (sample: Sample) =>
    sample.name === name && Object.entries(labels).every(([label, value]) => sample.labels[label] === value);
  return samples.filter(matches).reduce((sum, { value }) => sum + value, 0);
}
