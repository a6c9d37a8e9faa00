import { describe, expect, test } from 'vitest';
import { buildSelections } from '../support/build-selections.ts';
import { loneSelections } from '../support/lone-selections.ts';
import { sampleOf, TURNS } from '../support/sample.ts';

const projects = buildSelections().map((answers) => ({ answers }));
const turns = [...Array(TURNS).keys()].map((turn) => turn + 7);
const nothing = () => false;

describe('the projects that a commit builds', () => {
  test('are all of them once each has had its turn', () => {
    for (const candidates of [projects, loneSelections()]) {
      const built = new Set(turns.flatMap((turn) => sampleOf(candidates, turn, nothing)));
      expect(built.size).toBe(candidates.length);
    }
  });

  test('are those whose turn it is if the commit affects none', () => {
    for (const turn of turns) {
      expect(sampleOf(projects, turn, nothing).length).toBeLessThanOrEqual(Math.ceil(projects.length / TURNS));
    }
  });

  test('cover every choice if the commit affects all, and are at most half of them', () => {
    const choices = (of: readonly (typeof projects)[number][]) =>
      new Set(of.flatMap(({ answers: { name, description, ...chosen } }) => Object.values(chosen).flat()));
    for (const turn of turns) {
      const sample = sampleOf(projects, turn, () => true);
      expect(choices(sample)).toEqual(choices(projects));
      expect(sample.length).toBeLessThanOrEqual(projects.length / 2);
    }
  });

  test('cover every choice together with a part that the commit affects', () => {
    const [last] = projects.slice(-1);
    const framework = last?.answers.framework;
    const isAffected = ({ answers }: (typeof projects)[number]) => answers.framework === framework;
    const layers = (of: readonly (typeof projects)[number][]) =>
      new Set(of.filter(isAffected).map(({ answers }) => answers.dbLayer));
    expect(layers(sampleOf(projects, 0, isAffected))).toEqual(layers(projects));
  });
});
