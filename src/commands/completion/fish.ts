import { unreachable } from '../../model/errors.ts';
import { spellings } from '../../options/flags.ts';
import type { Option } from '../../options/schema.ts';
import { FOLDER, FOLDERS, IDS } from '../registry.ts';
import { type Completable, LIST_WORDS } from './completable.ts';

/** A completion script for fish. */
export function fishScript({ program, options, packIds, commands }: Completable): string {
  const names = commands.map((command) => command.name).join(' ');
  const isCreate = `not __fish_seen_subcommand_from ${names}`;
  return `# create-api completion for fish. Load it from ~/.config/fish/config.fish:
#   ${program} completion fish | source

# Completes the last id of a list; +id and -id too. Takes lines of an id, a tab and a text.
function __create_api_list
    set -l token (commandline -ct | string replace -r '^--[^=]*=' '')
    set -l before (string match -r '^(?:.*,)?[+-]?' -- $token)
    printf "$before%s\\n" $argv
end

function __create_api_pack_ids
    ${packIds}
end

complete -c create-api -f
complete -c create-api -n __fish_use_subcommand -a '(__fish_complete_directories)'
${commands
  .map(({ name, summary }) => `complete -c create-api -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`)
  .join('\n')}
${options.flatMap((option) => flagLines(option, isCreate)).join('\n')}
${commands
  .flatMap(({ name, operands, argument, options }) => [
    ...operands.map((word) => `complete -c create-api -n '__fish_seen_subcommand_from ${name}' -a ${word}`),
    ...operands.flatMap((word) => {
      const condition = `__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${word}`;
      if (argument === FOLDER) return `complete -c create-api -n '${condition}' -a '(__fish_complete_directories)'`;
      return argument === FOLDERS ? `complete -c create-api -n '${condition}' -F` : [];
    }),
    ...(argument === IDS
      ? [`complete -c create-api -n '__fish_seen_subcommand_from ${name}' -a '(__create_api_pack_ids)'`]
      : []),
    ...options.flatMap((option) => flagLines(option, `__fish_seen_subcommand_from ${name}`)),
  ])
  .join('\n')}
complete -c create-api -s h -l help -d 'Show help'
complete -c create-api -s V -l version -d 'Show the version'`;
}

function flagLines(option: Option, condition: string): readonly string[] {
  return spellings(option).map((flag) => {
    const short = option.kind === 'switch' && option.short ? ` -s ${option.short.slice(1)}` : '';
    const line = `complete -c create-api -n ${quoted(condition)}${short} -l ${flag.slice(2)} -d ${quoted(option.help)}`;
    switch (option.kind) {
      case 'switch':
        return line;
      case 'text':
      case 'resource':
        return `${line} -x`;
      case 'file':
      case 'pack':
        return `${line} -r -F`;
      case 'choice':
        return `${line} -x -a ${quoted(option.choices.map(({ id, hint }) => `${id}\\t${quoted(hint)}`).join(' '))}`;
      case 'list': {
        const ids = [...option.choices.map((choice) => choice.id), ...LIST_WORDS].join(' ');
        return `${line} -x -a ${quoted(`(__create_api_list ${ids})`)}`;
      }
      default:
        return unreachable(option);
    }
  });
}

/** Quotes a text for fish. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
