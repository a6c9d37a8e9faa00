import { expect, test } from 'vitest';
import { KINDS } from '../../../src/model/resource.ts';
import { pascal } from '../../../src/model/words.ts';
import { supportedCombinations } from '../../../src/plan/compatibility.ts';
import { SPECIMEN, specimenWith } from '../../../src/plan/specimen.ts';
import { OTHER_FUNCTIONS } from '../../../src/render/resources.ts';
import { answersFor, catalog, EXTRAS, extrasOf, renderProject } from '../../support/projects.ts';

/** The type of the rows of the only resource besides users. */
const TYPE = pascal(SPECIMEN.singular);

/** The variants of its enums. */
const VARIANTS = SPECIMEN.fields.flatMap(({ type }) => (type.kind === 'enum' ? type.values.map(pascal) : []));

/** The types that stand in Rust files beside those of a resource, and those that the files of the resource define. */
function typesBeside(): { readonly used: ReadonlySet<string>; readonly defined: ReadonlySet<string> } {
  const [used, defined] = [new Set<string>(), new Set<string>()];
  for (const combination of supportedCombinations(catalog)) {
    for (const extras of EXTRAS) {
      const [middleware, features] = [extrasOf('middleware', extras), extrasOf('features', extras)];
      // Rows that may be deleted with others are not cached.
      const files = [SPECIMEN, specimenWith(KINDS)].flatMap((resource) =>
        renderProject(answersFor(combination, { middleware, features, resources: [resource] })),
      );
      for (const { text } of files.filter((file) => /^(?:src|migration)\/.*\.rs$/.test(file.path))) {
        const code = text.replace(/\/\/.*$/gm, '').replace(/"(?:[^"\\]|\\.)*"/g, '""');
        if (!code.includes(TYPE)) continue;
        // A name after `::` or in capitals is no type that is in scope.
        for (const [name] of code.matchAll(/(?<![:.]|\w)[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\b/g)) used.add(name);
        for (const [, name = ''] of code.matchAll(/\b(?:enum|struct|trait|type) ([A-Z]\w*)/g)) defined.add(name);
      }
    }
  }
  return { used, defined };
}

test('no resource can have the name of a type beside its own', { timeout: 120_000 }, () => {
  const { used, defined } = typesBeside();
  const own = [...defined].filter((name) => name.includes(TYPE));
  const patterns = new Set(
    catalog.resourceTypes.map((pattern) => pattern.replace('[type]', TYPE).replace('[plural_type]', `${TYPE}s`)),
  );
  expect(own.filter((name) => !patterns.has(name) && !/Enum$/.test(name))).toEqual([]);
  const reserved = new Set(catalog.reservedNames.map(pascal));
  const others = [...used].filter(
    (name) => !name.includes(TYPE) && !/Users?|^Self$/.test(name) && !VARIANTS.includes(name),
  );
  expect(others.filter((name) => !reserved.has(name)).sort()).toEqual([]);
  const unused = [...reserved].filter((name) => !used.has(name));
  // Tables, which are no types, and variables beside those that are called after a resource.
  expect(unused.sort()).toEqual(['Credentials', 'Row', 'SeaqlMigrations', 'Sessions', 'Total']);
});

test('no field is called as another function in the file of a function that is called after a field', () => {
  const others = new Set<string>();
  const names = SPECIMEN.fields.map(({ name }) => name);
  // The database makes no difference to what describes a field.
  for (const combination of supportedCombinations(catalog).filter(({ dbLayer }) => dbLayer === 'none')) {
    const [middleware, features] = [extrasOf('middleware', 'all'), extrasOf('features', 'all')];
    const files = renderProject(answersFor(combination, { middleware, features, resources: [SPECIMEN] }));
    for (const { text } of files.filter(({ path }) => /^src\/.*\.rs$/.test(path))) {
      const functions = [...text.matchAll(/^(?:pub )?fn (\w+)/gm)].map(([, name = '']) => name);
      if (names.some((name) => functions.includes(name))) for (const name of functions) others.add(name);
    }
  }
  const users = catalog.resources.flatMap(({ fields }) => fields.map(({ name }) => name));
  const found = [...others].filter((name) => ![...names, ...users].includes(name));
  // Values where the document's functions are called.
  const values = ['schemas', 'service'];
  expect([...found, ...values].sort()).toEqual(OTHER_FUNCTIONS);
});
