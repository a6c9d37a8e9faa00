import kleur from 'kleur';

/** Colours for one stream; each function gives the text back unchanged where there are none. */
export interface Style {
  readonly hasColors: boolean;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

/** Whether to colour a stream: https://no-color.org first, then FORCE_COLOR, then whether it is a terminal. */
export function wantsColors(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env['NO_COLOR']) return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** The colours of a stream that has them, or none. */
export function createStyle(hasColors: boolean): Style {
  // kleur decides once, by stdout alone; here it is decided per stream.
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
