import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A step of the guide for authors of packs. */
interface GuideStep {
  /** The file to write; `null` if the text is a command. */
  readonly path: string | null;
  readonly text: string;
}

/** The commands and files of the guide for authors of packs, in order; a file is named in the line above it. */
export function guideSteps(): readonly GuideStep[] {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/packs.md'), 'utf8');
  const blocks = [...guide.matchAll(/([^\n]+)\n\n```(\w+)\n(.*?)```/gs)];
  return blocks.flatMap(([, above = '', language, content = '']): readonly GuideStep[] => {
    if (language === 'sh')
      return content
        .trim()
        .split('\n')
        .map((line) => ({ path: null, text: line }));
    const path = /`(acme\/[^`]+)`/.exec(above)?.[1];
    return path === undefined || language === 'text' ? [] : [{ path, text: content }];
  });
}
