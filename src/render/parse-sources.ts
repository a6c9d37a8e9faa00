import { type PackProblem, problemIn } from '../model/errors.ts';
import type { Lock, PackReads, PackSources, Template, TemplateReads, Templates } from '../model/templates.ts';
import { parseLock } from './cargo-lock.ts';
import { formatted } from './imports.ts';
import { parseTemplate, readsOfTable, templateReads } from './parse-template.ts';

/** What the texts of a pack are, with their problems; a text that has one is as if it were empty. */
export interface ParsedSources {
  readonly templates: Templates;
  readonly reads: PackReads;
  readonly problems: readonly PackProblem[];
}

const LOCKS = 'locks/';
const TYPE_TABLE = /^(?:(?!\/(?:resource-)?files\/).)*\/types\.json$/;
const NO_LOCK = { head: '', packages: [] };

/** Parses the templates and locks of a pack, and formats the files that are copied. */
export function parseSources(sources: PackSources): ParsedSources {
  const texts: Record<string, Template | string> = {};
  const locks: Record<string, Lock> = {};
  const reads: Record<string, TemplateReads> = {};
  const problems: PackProblem[] = [];
  const parsed = <Value>(file: string, code: string, parse: () => Value, otherwise: Value): Value => {
    try {
      return parse();
    } catch (error) {
      problems.push(problemIn(file, code, (error as Error).message));
      return otherwise;
    }
  };
  for (const [key, { text, isTemplate }] of Object.entries(sources)) {
    const template = isTemplate ? parsed(key, 'invalid-template', () => parseTemplate(text), []) : [];
    reads[key] = TYPE_TABLE.test(key) ? readsOfTable(JSON.parse(text)) : templateReads(template);
    if (!key.startsWith(LOCKS)) texts[key] = isTemplate ? template : formatted(key, text);
    else if (key.endsWith('.lock')) {
      const name = key.slice(0, -'.lock'.length);
      locks[name] = {
        ...parsed(key, 'invalid-lock', () => parseLock(text), NO_LOCK),
        conditions: JSON.parse(sources[`${name}.json`]?.text ?? '{}'),
      };
    }
  }
  return { templates: { texts, locks }, reads, problems };
}
