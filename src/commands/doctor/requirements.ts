/** A program or setting that creating, building or changing a project requires. */
export interface Requirement {
  readonly id: string;
  /** Without it no project can be built; the others are missed later. */
  readonly needed: boolean;
  /** What it is for. */
  readonly why: string;
  /** The command that prints its version or value. */
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** The oldest version that works, e.g. `1.94`. */
  readonly atLeast?: string;
  /** What to do if it is missing or too old. */
  readonly fix: string;
}

/** The versions of tools that the catalog has. */
type ToolVersions = Readonly<Record<string, string>>;

/** What a generated project needs to be built; throws if `versions` lack the oldest Rust version. */
export function rustRequirements({ msrv }: ToolVersions): readonly Requirement[] {
  if (msrv === undefined) throw new Error('versions.json has no version of the tool msrv');
  const fix = `install Rust ${msrv} or later: https://rustup.rs (with rustup: rustup update stable)`;
  return [
    {
      id: 'cargo',
      needed: true,
      why: 'builds the project',
      command: ['cargo', '--version'],
      atLeast: msrv,
      fix,
    },
    {
      id: 'rustc',
      needed: true,
      why: 'compiles the project',
      command: ['rustc', '--version'],
      atLeast: msrv,
      fix,
    },
  ];
}

/** Everything that `doctor` checks. */
export function requirements(versions: ToolVersions, isWindows: boolean): readonly Requirement[] {
  return [
    ...rustRequirements(versions),
    // On Windows rustc finds the linker of Visual Studio, which is not on the search path.
    ...(isWindows ? [] : [LINKER]),
    {
      id: 'rustfmt',
      needed: false,
      why: 'formats the code',
      command: ['cargo', 'fmt', '--version'],
      fix: 'rustup component add rustfmt',
    },
    {
      id: 'clippy',
      needed: false,
      why: 'lints the code',
      command: ['cargo', 'clippy', '--version'],
      fix: 'rustup component add clippy',
    },
    {
      id: 'git',
      needed: false,
      why: 'makes the first commit',
      command: ['git', '--version'],
      atLeast: '2.28',
      fix: 'install git from https://git-scm.com, or use --no-git',
    },
    ...['user.name', 'user.email'].map((key) => ({
      id: `git ${key}`,
      needed: false,
      why: 'is the author of the first commit',
      command: ['git', 'config', key] as const,
      fix: `git config --global ${key} "…"`,
    })),
  ];
}

const LINKER: Requirement = {
  id: 'cc',
  needed: true,
  why: 'links the program and compiles bundled C libraries',
  command: ['cc', '--version'],
  fix: 'install a C compiler: build-essential on Debian and Ubuntu, gcc on Fedora, xcode-select --install on macOS',
};
