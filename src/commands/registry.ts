import type { Offer } from '../model/catalog.ts';
import {
  ABORT_OPTIONS,
  ADOPT_OPTIONS,
  CHANGE_OPTIONS,
  CHECK_OPTIONS,
  CONTINUE_OPTIONS,
  DIFF_OPTIONS,
  DOCTOR_OPTIONS,
  FLEET_OPTIONS,
  knownAnswerOptions,
  LIST_OPTIONS,
  PACK_OPTIONS,
  PRESET_OPTIONS,
  REMOVE_OPTIONS,
  UPDATE_OPTIONS,
} from '../options/command-options.ts';
import type { Option } from '../options/schema.ts';
import type { CommandName } from './command-names.ts';

/** A command that is called by name, as help and completion show it. */
export interface NamedCommand {
  readonly summary: string;
  /** The name is followed by one of these words. */
  readonly operands: readonly string[];
  /** What follows, as its help shows it. */
  readonly argument?: string;
  /** Arguments of whole commands, for its help. */
  readonly examples?: readonly string[];
  readonly options: readonly Option[];
  /** It takes those that describe a project, too: what is not given is recognised. */
  readonly describesProject?: true;
}

/** The argument of commands that take a folder. */
export const FOLDER = '<folder>';

/** The argument of commands that take folders and lists of them. */
export const FOLDERS = '<folder or list…>';

/** The argument of commands that take ids which a project can be without. */
export const IDS = '<id…>';

/** Shells that `completion` writes a script for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Every command but `create`, which has no name. */
export const COMMANDS: Readonly<Record<CommandName, NamedCommand>> = {
  add: {
    summary: 'Add middleware, features or authentication to the project in this folder',
    operands: [],
    argument: IDS,
    options: CHANGE_OPTIONS,
    examples: ['add openapi redis', 'add metrics --dry-run'],
  },
  remove: {
    summary: 'Remove some of them; migrations stay',
    operands: [],
    argument: IDS,
    options: REMOVE_OPTIONS,
    examples: ['remove cors', 'remove --pack acme'],
  },
  set: {
    summary: 'Choose another database, layer, framework or authentication',
    operands: [],
    argument: '<option>=<id>…',
    options: CHANGE_OPTIONS,
    examples: ['set auth=jwt'],
  },
  generate: {
    summary: 'Add a resource: a table, its routes and tests',
    operands: ['resource'],
    argument: '<name> <field:type…>',
    options: CHANGE_OPTIONS,
    examples: ["generate resource product 'name:string(100)' price_cents:i64:min=0"],
  },
  update: {
    summary: 'Bring the project to the templates of this create-api and its packs',
    operands: [],
    options: UPDATE_OPTIONS,
    examples: ['update --pack npm:@acme/pack@2.0.0'],
  },
  diff: {
    summary: 'Show what update would change',
    operands: [],
    argument: '[path…]',
    options: DIFF_OPTIONS,
    examples: ['diff src', 'diff --patch > update.patch'],
  },
  check: {
    summary: 'Report how the project differs from what create-api renders, and the rules that it breaks; exits 6 or 4',
    operands: [],
    options: CHECK_OPTIONS,
    examples: ['check --sarif > create-api.sarif'],
  },
  continue: {
    summary: 'Finish a change once its conflicts are resolved, or a git merge of two that changed the project',
    operands: [],
    options: CONTINUE_OPTIONS,
  },
  abort: { summary: 'Undo a change that has conflicts', operands: [], options: ABORT_OPTIONS },
  adopt: {
    summary: 'Take in a project of a release that wrote no record',
    operands: [],
    options: ADOPT_OPTIONS,
    describesProject: true,
    examples: ['adopt --dry-run', 'adopt --release ./create-api-0.1.0.tgz'],
  },
  list: { summary: 'List every option with its choices and defaults', operands: [], options: LIST_OPTIONS },
  doctor: { summary: 'Check that everything a project needs is installed', operands: [], options: DOCTOR_OPTIONS },
  preset: {
    summary: 'Write the answers of the project in this folder as a preset',
    operands: ['save'],
    argument: '[file]',
    options: PRESET_OPTIONS,
    examples: ['preset save team.json'],
  },
  pack: {
    summary: 'Start a pack of templates, report everything that is wrong in one, or show what it brings',
    operands: ['init', 'check', 'render'],
    argument: FOLDER,
    options: PACK_OPTIONS,
    examples: [
      'pack init our-pack',
      'pack check our-pack',
      'pack render our-pack src/routes/about.rs --framework axum',
    ],
  },
  fleet: {
    summary: 'Check many services, or update each on a new branch; nothing is pushed',
    operands: ['check', 'update'],
    argument: FOLDERS,
    options: FLEET_OPTIONS,
    examples: ['fleet check services.txt', 'fleet update services.txt --dry-run', 'fleet check --merge *.json --html'],
  },
  completion: { summary: "Print a shell's completion script", operands: SHELLS, options: [] },
};

/** Every option of a command; `offer` is called if some depend on what can be chosen. */
export function optionsOf(name: CommandName, offer: () => Offer): readonly Option[] {
  const { options, describesProject } = COMMANDS[name];
  return describesProject ? [...knownAnswerOptions(offer()), ...options] : options;
}
