/** A thing that making, building or changing a project takes. */
export interface Need {
  readonly id: string;
  /** Without it no project can be built; the others are missed later. */
  readonly needed: boolean;
  /** What it is for. */
  readonly why: string;
  /** How it is asked for its version, or for what is set. */
  readonly command: readonly [program: string, ...args: readonly string[]];
  /** The oldest version that does, e.g. `1.94`. */
  readonly atLeast?: string;
  /** What to do where it is missing or old. */
  readonly fix: string;
}

/** Everything to look for; `versions` are the catalog's of tools. Throws where they lack the oldest Rust that will do. */
export function needs({ msrv }: Readonly<Record<string, string>>, isWindows: boolean): readonly Need[] {
  if (msrv === undefined) throw new Error('versions.json has no version of the tool msrv');
  const toolchain = 'install Rust from https://rustup.rs';
  return [
    { id: 'cargo', needed: true, why: 'builds the project', command: ['cargo', '--version'], fix: toolchain },
    {
      id: 'rustc',
      needed: true,
      why: 'compiles the project',
      command: ['rustc', '--version'],
      atLeast: msrv,
      fix: 'rustup update stable',
    },
    // On Windows rustc finds the linker of Visual Studio itself, where no search path tells of it.
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
      why: 'checks the code',
      command: ['cargo', 'clippy', '--version'],
      fix: 'rustup component add clippy',
    },
    {
      id: 'git',
      needed: false,
      why: 'keeps the history',
      command: ['git', '--version'],
      atLeast: '2.28',
      fix: 'install git from https://git-scm.com, or use --no-git',
    },
    ...['user.name', 'user.email'].map((key) => ({
      id: `git ${key}`,
      needed: false,
      why: 'signs the first commit',
      command: ['git', 'config', key] as const,
      fix: `git config --global ${key} "…"`,
    })),
  ];
}

const LINKER: Need = {
  id: 'cc',
  needed: true,
  why: 'links the program, compiles bundled C libraries',
  command: ['cc', '--version'],
  fix: 'install a C compiler: build-essential on Debian and Ubuntu, gcc on Fedora, xcode-select --install on macOS',
};
