import { unreachable } from '../../model/errors.ts';
import { spellings } from '../../options/flags.ts';
import type { Choice, Option } from '../../options/schema.ts';
import { FOLDER, FOLDERS, IDS } from '../registry.ts';
import { type Completable, LIST_WORDS, quoted } from './completable.ts';

/** A completion script for zsh, for the `fpath` or for `eval` after `compinit`. */
export function zshScript({ program, options, packIds, commands }: Completable): string {
  const lists = options.filter((option) => option.kind === 'list' || option.kind === 'choice');
  return `#compdef create-api
# create-api completion for zsh. Load it from ~/.zshrc, after compinit:
#   eval "$(${program} completion zsh)"

${lists.map(valuesFunction).join('\n\n')}

_create_api_pack_ids() {
  ${packIds}
}

_create_api() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(described(name, summary))}`).join('\n')}
  )
  if ((CURRENT > 2)); then
    case $words[2] in
${commands.map((command) => `      ${command.name}) ${argumentsOf(command.options, command)}; return ;;`).join('\n')}
    esac
  fi
  if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
  fi
  ${argumentsOf(options, null)} '(-V --version)'{-V,--version}'[Show the version]' '1:directory:_files -/'
}

compdef _create_api create-api`;
}

function valuesFunction(option: Option & { readonly choices: readonly Choice[] }): string {
  const isList = option.kind === 'list';
  const ids = option.choices.map(({ id, hint }) => quoted(described(id, hint)));
  return `${functionOf(option)}() {
  local -a ids
  ids=(${[...ids, ...(isList ? LIST_WORDS : [])].join(' ')})
${isList ? "  compset -P '*,'\n  compset -P '[+-]'\n" : ''}  _describe -t ids ${option.key} ids${isList ? " -qS ','" : ''}
}`;
}

function argumentsOf(options: readonly Option[], command: Completable['commands'][number] | null): string {
  const specs = options.flatMap((option) => {
    const help = option.help.replace(/[[\]:\\]/g, '\\$&');
    switch (option.kind) {
      case 'switch':
        return [...spellings(option), ...(option.short ? [option.short] : [])].map((flag) =>
          quoted(`${flag}[${help}]`),
        );
      case 'text':
        return [quoted(`${option.flag}=[${help}]:${option.placeholder}: `)];
      case 'resource':
        return [quoted(`*${option.flag}=[${help}]:resource: `)];
      case 'pack':
        return [quoted(`*${option.flag}=[${help}]:source:_files -/`)];
      case 'file':
        return [quoted(`${option.flag}=[${help}]:file:_files`)];
      case 'choice':
      case 'list':
        return [quoted(`${option.flag}=[${help}]:${option.key}:${functionOf(option)}`)];
      default:
        return unreachable(option);
    }
  });
  // The command itself is the first word.
  const words = command
    ? [
        quoted('1: : '),
        ...(command.argument === IDS
          ? [`"2:word:(${command.operands.join(' ')} $(_create_api_pack_ids))"`]
          : command.operands.length === 0
            ? []
            : [quoted(`2:word:(${command.operands.join(' ')})`)]),
        ...(command.argument === FOLDER ? [quoted('3:folder:_files -/')] : []),
        ...(command.argument === FOLDERS ? [quoted('*:folder or list:_files')] : []),
      ]
    : [];
  return ['_arguments', ...specs, "'(-h --help)'{-h,--help}'[Show help]'", ...words].join(' ');
}

function functionOf(option: Option): string {
  return `_create_api${option.flag.slice(1).replaceAll('-', '_')}`;
}

function described(id: string, text: string): string {
  return `${id}:${text}`;
}
