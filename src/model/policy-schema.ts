/** The schema of policies, for a pack's axes. Only the code that reads policies may load this module, because it loads zod. */
import * as z from 'zod/mini';
import { isSafePath } from './safe-path.ts';
import { lineOf } from './unprintable.ts';
import { isVersion } from './version.ts';

/** An axis of a pack, with the ids that can be chosen on it. */
export interface PolicyAxis {
  readonly key: string;
  readonly kind: 'choice' | 'list';
  readonly ids: readonly string[];
}

const line = z.string().check(z.regex(lineOf(300)), z.meta({ title: 'a line of text' }));
const version = z.string().check(z.refine(isVersion), z.meta({ title: 'a version, such as 1.2.0' }));
const day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)),
  z.meta({ title: 'a day, such as 2027-01-31' }),
);
/** With few stars, a pattern is matched in no time, whatever the path. */
const pattern = z.string().check(
  z.refine((text) => text.length <= 200 && text.split('*').length <= 6 && isSafePath(text.replaceAll('*', 'x'))),
  z.meta({
    title: 'a path in the project, in which * stands for any characters but / and ** for any at all; five * at most',
  }),
);
const crate = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/), z.meta({ title: 'the name of a crate' }));

const waiver = z.strictObject({
  rule: line.check(
    z.describe(
      'Rule of this policy: its keys with dots, such as lock.framework, allow.database, deny.database.mysql, ' +
        'require.features.docker, require.resources.audit_event, minVersions.crates.axum or managed.Dockerfile',
    ),
  ),
  reason: line,
  expires: day.check(
    z.describe('Last day that it counts, in UTC; from the next one on, check reports that it has expired'),
  ),
  projects: z.exactOptional(
    listOf(line, 1000).check(z.describe('Names of the packages that it is for; for all of them if absent')),
  ),
});

/** What an id of an axis is, and a list of them. */
type AxisSchemas = ReturnType<typeof schemasOf>;

function schemasOf({ key, kind, ids }: PolicyAxis) {
  const id = z.enum(Object.fromEntries(ids.map((each) => [each, each])));
  return { key, kind, id, ids: listOf(id, 1000) };
}

/** The schema of a policy. */
export function policySchema(axes: readonly PolicyAxis[]) {
  const known = axes.map(schemasOf);
  const byAxis = (
    of: readonly AxisSchemas[],
    schemaFor: (axis: AxisSchemas) => z.ZodMiniType,
    description: string,
    more = {},
  ) =>
    z._default(
      z
        .strictObject({
          ...Object.fromEntries(of.map((axis) => [axis.key, z.exactOptional(schemaFor(axis))])),
          ...more,
        })
        .check(z.meta({ title: 'an object', description })),
      {} as never,
    );
  return z.strictObject({
    $schema: z.exactOptional(line),
    about: z.exactOptional(line.check(z.describe('What the policy is for, in a line'))),
    lock: byAxis(
      known,
      ({ kind, id, ids }) => (kind === 'list' ? ids : id),
      'Option → what is chosen, for a list all of it. A preset or a default that says otherwise does not count; a flag is refused',
    ),
    allow: byAxis(known, ({ ids }) => ids, 'Option → the only ids that may be chosen'),
    deny: byAxis(
      known,
      ({ id }) =>
        z
          .partialRecord(id, line)
          .check(z.meta({ title: 'an object: ids, each with the reason why it may not be chosen' })),
      'Option → ids that may not be chosen, each with the reason that people are shown',
    ),
    require: byAxis(
      known.filter(({ kind }) => kind === 'list'),
      ({ ids }) => ids,
      'List → ids that have to be in it. They are added to presets and defaults; a flag without them is refused',
      {
        resources: z.exactOptional(
          listOf(line, 100).check(
            z.describe('Resources that every project has, as in --resource; one of that name may have other fields'),
          ),
        ),
      },
    ),
    minVersions: z._default(
      z
        .strictObject({
          createApi: z.exactOptional(
            version.check(
              z.describe('Oldest create-api that may create or change a project, or have rendered it as it is'),
            ),
          ),
          crates: z._default(
            z.record(crate, version).check(
              z.meta({
                title: 'an object',
                description:
                  'Crate → the oldest version of it that may be in the Cargo.lock of a project, also as a dependency of a ' +
                  'dependency; a project without the crate is within the rule',
              }),
            ),
            {} as never,
          ),
        })
        .check(z.meta({ title: 'an object' })),
      { crates: {} } as never,
    ),
    managed: z._default(
      listOf(pattern, 100).check(z.describe('Files that stay as they are rendered: check reports every edit')),
      [],
    ),
    waivers: z._default(
      listOf(waiver, 1000).check(z.describe('Exceptions from rules of this policy, for a while')),
      [],
    ),
  });
}

function listOf<Item extends z.ZodMiniType>(item: Item, most: number) {
  return z.array(item).check(z.maxLength(most), z.meta({ title: `a list of at most ${most}` }));
}
