import { unreachable } from '../../model/errors.ts';
import { FOLDER, FOLDERS, IDS } from '../registry.ts';
import { type Completable, flagsOf, LIST_WORDS, quoted } from './completable.ts';

/** A completion script for bash 4 or later; it does not need the bash-completion package. */
export function bashScript({ program, options, packIds, commands }: Completable): string {
  const flags = new Map(
    [...commands.flatMap((command) => command.options), ...options].map((each) => [each.flag, each]),
  );
  const valued = [...flags.values()].flatMap((option): string[] => {
    switch (option.kind) {
      case 'switch':
        return [];
      case 'text':
      case 'resource':
        return [`    ${option.flag}) return ;;`];
      case 'pack':
        return [`    ${option.flag}) COMPREPLY=($(compgen -d -- "$cur")); return ;;`];
      case 'file':
        return [`    ${option.flag}) COMPREPLY=($(compgen -f -- "$cur")); return ;;`];
      case 'choice': {
        const ids = option.choices.map((choice) => choice.id).join(' ');
        return [`    ${option.flag}) COMPREPLY=($(compgen -W ${quoted(ids)} -- "$cur")); return ;;`];
      }
      case 'list': {
        const ids = [...option.choices.map((choice) => choice.id), ...LIST_WORDS].join(' ');
        return [`    ${option.flag}) _create_api_list ${quoted(ids)}; return ;;`];
      }
      default:
        return unreachable(option);
    }
  });
  const perCommand = commands.map(({ name, operands, argument, options }) => {
    const words = [...operands, ...flagsOf(options)].join(' ');
    const kind = argument === FOLDER ? 'd' : argument === FOLDERS ? 'f' : null;
    const paths = kind === null ? '' : ` $(compgen -${kind} -- "$cur")`;
    const ids = argument === IDS ? `" $(${packIds})"` : '';
    return `    ${name}) COMPREPLY=($(compgen -W ${quoted(words)}${ids} -- "$cur")${paths}); return ;;`;
  });
  return `# create-api completion for bash. Load it from ~/.bashrc:
#   eval "$(${program} completion bash)"

# Completes the last id of a list; +id and -id too.
_create_api_list() {
  local before= id="$cur"
  case "$id" in *,*) before="\${id%,*},"; id="\${id##*,}" ;; esac
  case "$id" in [+-]*) before="$before\${id:0:1}"; id="\${id:1}" ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "$id"))
  compopt -o nospace
}

_create_api() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}"
  # bash splits --flag=value into three words.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  COMPREPLY=()
  case "$prev" in
${valued.join('\n')}
  esac
  if ((COMP_CWORD > 1)); then
    case "\${COMP_WORDS[1]}" in
${perCommand.join('\n')}
    esac
  fi
  if [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W ${quoted([...flagsOf(options), '--version'].join(' '))} -- "$cur"))
  elif ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${quoted(commands.map((command) => command.name).join(' '))} -- "$cur") $(compgen -d -- "$cur"))
  else
    COMPREPLY=($(compgen -d -- "$cur"))
  fi
}

complete -o filenames -F _create_api create-api`;
}
