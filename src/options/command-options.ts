/** The options of every command but the one that creates projects, which does without this module. */
import type { Offer } from '../model/catalog.ts';
import { axisOptions, DESCRIPTION, JSON_SWITCH, NAME, type Option, PACKS, type SwitchOption } from './schema.ts';

/** Prints nothing but JSON, also where no project is written. */
const ONE_DOCUMENT: SwitchOption = { ...JSON_SWITCH, help: 'Print one JSON document' };

const YES: SwitchOption = {
  kind: 'switch',
  key: 'yes',
  flag: '--yes',
  short: '-y',
  default: false,
  help: 'Ask nothing',
};

const dryRun = (help: string): SwitchOption => ({
  ...{ kind: 'switch', key: 'dryRun', flag: '--dry-run', default: false },
  help,
});

/** Options of `create-api list`. */
export const LIST_OPTIONS: readonly Option[] = [
  {
    kind: 'switch',
    key: 'combinations',
    flag: '--combinations',
    default: false,
    help: 'List the supported combinations',
  },
  PACKS,
  ONE_DOCUMENT,
];

/** Options of `create-api doctor`. */
export const DOCTOR_OPTIONS: readonly Option[] = [ONE_DOCUMENT];

/** Options of `create-api pack`. */
export const PACK_OPTIONS: readonly Option[] = [ONE_DOCUMENT];

/** Options of `create-api preset`. */
export const PRESET_OPTIONS: readonly Option[] = [ONE_DOCUMENT];

const INSTALL_SWITCH: SwitchOption = {
  kind: 'switch',
  key: 'install',
  flag: '--install',
  default: true,
  help: 'Bring Cargo.lock up to date and download the dependencies',
};

/** Options of the commands that change a project. */
export const CHANGE_OPTIONS: readonly Option[] = [
  INSTALL_SWITCH,
  {
    kind: 'switch',
    key: 'markConflicts',
    flag: '--mark-conflicts',
    default: false,
    help: 'Write conflicts with markers into the files, as in a terminal',
  },
  {
    kind: 'switch',
    key: 'allowDirty',
    flag: '--allow-dirty',
    default: false,
    help: 'Also change files with edits that are not committed',
  },
  dryRun('List every file and command, write nothing'),
  YES,
  JSON_SWITCH,
];

/** Options of `create-api update`. */
export const UPDATE_OPTIONS: readonly Option[] = [
  { ...PACKS, help: "Use another version of a team's pack, or one more; repeatable" },
  ...CHANGE_OPTIONS,
];

/** Options of `create-api remove`. */
export const REMOVE_OPTIONS: readonly Option[] = [
  {
    kind: 'text',
    key: PACKS.key,
    flag: PACKS.flag,
    placeholder: 'name',
    help: "Do without a team's pack of which nothing is chosen any more; repeatable",
  },
  ...CHANGE_OPTIONS,
];

/** The options that describe a project that exists, in which what is not given is recognised. */
export function knownAnswerOptions(offer: Offer): readonly Option[] {
  return [
    { ...NAME, help: 'Cargo package name that it was created with' },
    { ...DESCRIPTION, help: 'The description that it was created with' },
    ...axisOptions(offer).map((option) => ({ ...option, otherwise: 'what is recognised' })),
  ];
}

/** Options of `create-api adopt`, besides those that describe the project. */
export const ADOPT_OPTIONS: readonly Option[] = [
  {
    kind: 'text',
    key: 'release',
    flag: '--release',
    placeholder: 'release',
    help: 'The create-api that made the project: its version, folder or tarball (default: 0.1.0)',
  },
  dryRun('Show what is recognised, write nothing'),
  YES,
  JSON_SWITCH,
];

/** Options of `create-api diff`. */
export const DIFF_OPTIONS: readonly Option[] = [
  { kind: 'switch', key: 'patch', flag: '--patch', default: false, help: 'Print a patch that git apply takes' },
  ONE_DOCUMENT,
];

/** Options of `create-api check`. */
export const CHECK_OPTIONS: readonly Option[] = [
  { kind: 'switch', key: 'sarif', flag: '--sarif', default: false, help: 'Print SARIF 2.1.0, for code scanning' },
  ONE_DOCUMENT,
];

/** Options of `create-api fleet check`. */
export const FLEET_CHECK_OPTIONS: readonly Option[] = [
  {
    kind: 'text',
    key: 'jobs',
    flag: '--jobs',
    placeholder: 'n',
    help: 'Repositories at a time (default: the number of cores)',
  },
  { kind: 'text', key: 'shard', flag: '--shard', placeholder: 'i/n', help: 'Only part i of n of the list' },
  {
    kind: 'switch',
    key: 'merge',
    flag: '--merge',
    default: false,
    help: 'Collect the JSON reports of all parts, which are the operands',
  },
  { kind: 'switch', key: 'html', flag: '--html', default: false, help: 'Print a page that needs no other file' },
  ...CHECK_OPTIONS,
];

/** Options of `create-api fleet update` besides those of `fleet check`. */
export const FLEET_UPDATE_OPTIONS: readonly Option[] = [
  {
    kind: 'text',
    key: 'branch',
    flag: '--branch',
    placeholder: 'name',
    help: 'update: the new branch (default: create-api/update-<version>)',
  },
  {
    kind: 'text',
    key: 'from',
    flag: '--from',
    placeholder: 'ref',
    help: 'update: where it starts (default: the default branch of origin, or HEAD)',
  },
  { kind: 'text', key: 'message', flag: '--message', placeholder: 'text', help: 'update: the message of each commit' },
  { ...PACKS, help: "update: use another version of a team's pack, or one more; repeatable" },
  { ...INSTALL_SWITCH, help: 'update: bring Cargo.lock up to date with cargo' },
  dryRun('update: show the result, commit nothing'),
];

/** Options of `create-api fleet`. */
export const FLEET_OPTIONS: readonly Option[] = [...FLEET_CHECK_OPTIONS, ...FLEET_UPDATE_OPTIONS];

/** Options of `create-api continue` and `create-api abort`. */
export const CONTINUE_OPTIONS: readonly Option[] = [INSTALL_SWITCH, ONE_DOCUMENT];
export const ABORT_OPTIONS: readonly Option[] = [ONE_DOCUMENT];
