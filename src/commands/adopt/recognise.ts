/** Finds out what a project of an earlier release was made with. Pure but for `outlineOf`, which asks the release. */
import type { AxisId } from '../../model/axes.ts';
import type { ReleaseAxis, ReleaseChoices } from '../../options/release-options.ts';

/** What a release renders: path → SHA-256. */
export type Outline = ReadonlyMap<string, string>;

/** What a project tells about itself. */
export interface Evidence {
  /** Its README; empty without one. */
  readonly readme: string;
  /** The hashes that the file at a path may be known by; none if there is no file. */
  hashesAt(path: string): readonly string[];
}

/** What was found out. */
export interface Recognised {
  readonly choices: ReleaseChoices;
  readonly outline: Outline;
  /** Given choices with which less of the project is rendered than with those that its README states. */
  readonly contradicted: ReleaseChoices;
}

/** How many rounds over all axes there are at most: a choice on one may make another one fit better. */
const ROUNDS = 3;

/**
 * The choices for which a release renders most of what is in a project. The search starts with what the table of parts in the README
 * says, and with the release's defaults, and changes one choice at a time as long as that is better. `given` choices stay, and so do
 * those of the README unless most files are others. `null` if the release renders nothing for any choices that were tried.
 */
export async function recognise(
  evidence: Evidence,
  given: ReleaseChoices,
  axes: readonly ReleaseAxis[],
  outlineOf: (choices: ReleaseChoices) => Promise<Outline | null>,
): Promise<Recognised | null> {
  const score = async (choices: ReleaseChoices): Promise<Scored> => {
    const outline = await outlineOf(choices);
    return { choices, outline, ...(outline === null ? NOTHING : likeness(outline, evidence)) };
  };
  const stated = statedIn(evidence.readme, axes);
  let best = await score(applicable({ ...stated, ...given }, axes));
  const settled = isMostly(best) ? { ...stated, ...given } : given;
  const open = axes.filter(({ key }) => settled[key] === undefined);
  for (let round = 0; round < ROUNDS && !isComplete(best); round++) {
    const before = best;
    for (const axis of open) best = await bestOn(axis, best, axes, score);
    if (best === before) break;
  }
  if (best.outline === null) return null;
  const otherwise = axes.filter(({ key }) => isOther(given[key], stated[key])).map(({ key }) => [key, stated[key]]);
  const contradicted = Object.fromEntries(otherwise);
  const isWorse = otherwise.length > 0 && isBetter(await score(applicable({ ...given, ...contradicted }, axes)), best);
  return { choices: best.choices, outline: best.outline, contradicted: isWorse ? contradicted : {} };
}

/** Whether both are known, and not the same. */
function isOther(given: ReleaseChoices[AxisId], stated: ReleaseChoices[AxisId]): boolean {
  return given !== undefined && stated !== undefined && `${given}` !== `${stated}`;
}

/** How much of an outline is in a project. */
interface Likeness {
  /** Two for each file as it was rendered, one for each other one that exists. */
  readonly points: number;
  readonly same: number;
  readonly absent: number;
}

interface Scored extends Likeness {
  readonly choices: ReleaseChoices;
  readonly outline: Outline | null;
}

const NOTHING: Likeness = { points: -1, same: 0, absent: 0 };

function likeness(outline: Outline, { hashesAt }: Evidence): Likeness {
  const found = [...outline].map(([path, hash]) => ({ hash, hashes: hashesAt(path) }));
  const same = found.filter(({ hash, hashes }) => hashes.includes(hash)).length;
  const present = found.filter(({ hashes }) => hashes.length > 0).length;
  return { points: present + same, same, absent: found.length - present };
}

/** Whether every file is there as it was rendered, so that no other choice can be better. */
function isComplete({ outline, same }: Scored): boolean {
  return outline !== null && same === outline.size;
}

/** Whether most files are there as they were rendered. */
function isMostly({ outline, same }: Scored): boolean {
  return outline !== null && same * 2 > outline.size;
}

function isBetter(one: Likeness, other: Likeness): boolean {
  return one.points > other.points || (one.points === other.points && one.absent < other.absent);
}

/** The best choices that differ from `current` on one axis only; on one with several choices, each id is tried by itself. */
async function bestOn(
  { key, multiple, choices }: ReleaseAxis,
  current: Scored,
  axes: readonly ReleaseAxis[],
  score: (choices: ReleaseChoices) => Promise<Scored>,
): Promise<Scored> {
  let best = current;
  const chosen = () => [best.choices[key] ?? []].flat();
  for (const { id } of choices) {
    const isChosen = chosen().includes(id);
    if (isChosen && !multiple) continue;
    const others = choices.map((choice) => choice.id).filter((other) => chosen().includes(other) !== (other === id));
    const next = await score(applicable({ ...best.choices, [key]: multiple ? others : id }, axes));
    if (isBetter(next, best)) best = next;
  }
  return best;
}

/** What the table of parts in a README says: it has the label of each. */
function statedIn(readme: string, axes: readonly ReleaseAxis[]): ReleaseChoices {
  const labels = new Set([...readme.matchAll(/^\| ([^|]+?) \|/gm)].map(([, label]) => label));
  const stated = axes.map(({ key, multiple, choices }) => ({
    ...{ key, multiple },
    ids: choices.filter(({ label }) => labels.has(label)).map(({ id }) => id),
  }));
  const hasTable = stated.some(({ ids }) => ids.length > 0);
  const isStated = ({ multiple, ids }: (typeof stated)[number]) => (multiple ? hasTable : ids.length === 1);
  const entries = stated.filter(isStated).map(({ key, multiple, ids }) => [key, multiple ? ids : ids[0]]);
  return Object.fromEntries(entries);
}

/** Choices without those on axes that others rule out, and with the default on each other one. */
function applicable(choices: ReleaseChoices, axes: readonly ReleaseAxis[]): ReleaseChoices {
  const excluded = new Set<string>(
    axes.flatMap(({ key, choices: all }) => {
      const ids = [choices[key] ?? []].flat();
      return all.filter(({ id }) => ids.includes(id)).flatMap(({ excludesAxes }) => excludesAxes);
    }),
  );
  return Object.fromEntries(
    axes.map(({ key, multiple, choices: all }) => {
      const defaults = all.filter((choice) => choice.default).map(({ id }) => id);
      const byDefault = multiple ? defaults : (defaults[0] ?? null);
      return [key, excluded.has(key) ? null : (choices[key] ?? byDefault)];
    }),
  );
}
