import { presetOptions } from './preset.ts';
import type { Option } from './schema.ts';

/** The JSON Schema of presets, by the options of `create-api [directory]` and the JSON Schema of policies. */
export function presetSchema(options: readonly Option[], policy: object): object {
  const { $schema, $defs, ...ofPolicy } = policy as { readonly $schema?: string; readonly $defs?: object };
  return {
    $schema,
    description: 'Answers about a project, which `create-api --preset <source>` reads; flags override them',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      about: {
        description: 'What the preset is for, in a line; shown before the questions',
        type: 'string',
        maxLength: 200,
      },
      extends: EXTENDS,
      packs: PACKS,
      policy: { ...ofPolicy, description: 'What is demanded of every project with the preset, whoever extends it' },
      ...Object.fromEntries(presetOptions(options).map((option) => [option.key, propertyOf(option)])),
    },
    additionalProperties: false,
    $defs,
  };
}

const EXTENDS = {
  description:
    'Presets whose answers count where this one has none, the weakest first. Lists of +id and -id change theirs, and resources ' +
    'are added to theirs. A source is a path from this file, npm:<package>@<version>[/<path>] or ' +
    'git+https://<host>/<repository>#<commit>[:<path>]; without a path it is preset.json',
  anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }],
};

const PACKS = {
  description:
    "Teams' packs to use, in order, behind those of the presets that this one extends. A source is a folder from this file, " +
    'npm:<package>@<version>[/<path>] or git+https://<host>/<repository>#<commit>[:<path>]',
  type: 'array',
  items: { type: 'string' },
};

const RESOURCES =
  'Tables with their routes: a name in the singular and fields, each with its type and modifiers; ' +
  '`create-api list` shows these';

/** A name, perhaps with its plural, and fields with types: enough for an editor to find a text in another form. */
const RESOURCE_PATTERN = '^\\s*[a-z][a-z0-9_]*(/[a-z][a-z0-9_]*)?(\\s+[a-z][a-z0-9_]*:[a-z].*)+$';

function propertyOf(option: Option): object {
  const { help: description } = option;
  switch (option.kind) {
    case 'choice':
      return { description, enum: option.choices.map(({ id }) => id) };
    case 'list': {
      const ids = option.choices.map(({ id }) => id);
      const changes = ids.flatMap((id) => [`+${id}`, `-${id}`]);
      return { description, type: 'array', items: { enum: [...ids, 'default', 'all', 'none', ...changes] } };
    }
    case 'resource':
      return {
        ...{ description: RESOURCES, type: 'array' },
        items: { type: 'string', pattern: RESOURCE_PATTERN },
        examples: [['product name:string(100) price:decimal(10,2)', 'review product:ref(product) text:text?']],
      };
    default:
      return { description, type: 'string' };
  }
}
