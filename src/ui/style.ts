import kleur from 'kleur';

/** The colours of one stream; without colours each function returns the text unchanged. */
export interface Style {
  readonly hasColors: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** Whether to colour a stream: by NO_COLOR (https://no-color.org), then FORCE_COLOR, then whether it is a terminal. */
export function wantsColors(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Creates the style of a stream, with or without colours. */
export function createStyle(hasColors: boolean): Style {
  // kleur decides once, from stdout alone; here each stream decides.
  kleur.enabled = true;
  const paint = (color: (text: string) => string) => (hasColors ? color : (text: string) => text);
  return {
    hasColors,
    bold: paint(kleur.bold),
    dim: paint(kleur.dim),
    red: paint(kleur.red),
    green: paint(kleur.green),
    yellow: paint(kleur.yellow),
    cyan: paint(kleur.cyan),
  };
}
