import { presetOptions } from './preset.ts';
import type { Option } from './schema.ts';

/** The JSON Schema of presets, by the options of `create-api [directory]`. */
export function presetSchema(options: readonly Option[]): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    description: 'Answers about a project, which `create-api --preset <file>` reads; flags override them',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...Object.fromEntries(presetOptions(options).map((option) => [option.key, propertyOf(option)])),
    },
    additionalProperties: false,
  };
}

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
    default:
      return { description, type: 'string' };
  }
}
