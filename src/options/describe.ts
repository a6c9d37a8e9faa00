import { placeholderOf, spellings } from './flags.ts';
import { defaultIds, type Option } from './schema.ts';

/** An option as help and the README's table describe it. */
export interface OptionText {
  /** The flag with a placeholder for its value, e.g. `-y, --yes` or `--auth <id>`. */
  readonly flag: string;
  readonly help: string;
  /** The allowed values; empty for free text and switches. */
  readonly allowed: readonly string[];
  /** The default; empty if that is off or depends on something else. */
  readonly default: string;
}

/** Describes an option of the schema. */
export function describeOption(option: Option): OptionText {
  const [long = option.flag, negated] = spellings(option);
  const flag = negated === undefined ? long : `--[no-]${long.slice('--'.length)}`;
  const { help } = option;
  switch (option.kind) {
    case 'text':
    case 'file':
    case 'pack':
    case 'resource':
      return { flag: `${flag} ${placeholderOf(option)}`, help, allowed: [], default: '' };
    case 'switch':
      return {
        flag: option.short ? `${option.short}, ${flag}` : flag,
        help,
        allowed: [],
        default: option.default ? 'on' : '',
      };
    case 'choice':
    case 'list': {
      const ids = defaultIds(option);
      const isAll = option.kind === 'list' && ids.length > 0 && ids.length === option.choices.length;
      return {
        flag: `${flag} ${placeholderOf(option)}`,
        help,
        allowed: option.choices.map((choice) => choice.id),
        default: option.otherwise ?? (isAll ? 'all' : ids.join(', ') || 'none'),
      };
    }
  }
}
