import { placeholderOf, spellings } from './flags.ts';
import { defaultIds, type Option } from './schema.ts';

/** An option in words, for help and for the README's table. */
export interface OptionText {
  /** As typed, with what stands for its value, e.g. `-y, --yes` or `--auth <id>`. */
  readonly flag: string;
  readonly help: string;
  /** What it takes; empty where that is free or nothing. */
  readonly allowed: readonly string[];
  /** What holds where it is not given; empty where that is off or depends. */
  readonly default: string;
}

/** Takes an option of the schema; gives its words. */
export function describeOption(option: Option): OptionText {
  const [long = option.flag, negated] = spellings(option);
  const flag = negated === undefined ? long : `--[no-]${long.slice('--'.length)}`;
  const { help } = option;
  switch (option.kind) {
    case 'text':
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
        default: isAll ? 'all' : ids.join(', ') || 'none',
      };
    }
  }
}
