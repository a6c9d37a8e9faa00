import { RUST_KEYWORDS } from '../model/rust-keywords.ts';

/** Names that look valid but break a build, each list with the reason that people are shown. */

/** In every path the crate would hide the type. */
const PRIMITIVES = 'bool char f16 f32 f64 f128 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize';

/** Crates that come with the compiler. */
const STANDARD_CRATES = 'alloc core proc_macro std test';

/** Folders of `target/<profile>`, where Cargo puts the binary. */
const BUILD_FOLDERS = 'build deps examples incremental';

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const WINDOWS_DEVICES =
  'aux com0 com1 com2 com3 com4 com5 com6 com7 com8 com9 con lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 nul prn';

const REASONS: readonly (readonly [names: string, reason: string])[] = [
  [[...RUST_KEYWORDS].join(' '), 'it is a Rust keyword'],
  [PRIMITIVES, 'it is a primitive type of Rust'],
  [STANDARD_CRATES, "it is a crate of Rust's standard library"],
  [BUILD_FOLDERS, "it is a folder of Cargo's build directory"],
  [WINDOWS_DEVICES, 'Windows reserves it for a device'],
];

const REASON_BY_CRATE = new Map(REASONS.flatMap(([names, reason]) => names.split(' ').map((name) => [name, reason])));

/** Whether Windows has a device of that name. */
export function isWindowsDevice(name: string): boolean {
  return WINDOWS_DEVICES.split(' ').includes(name);
}

/** Why a crate (name with `_`) cannot have this name on some operating system, as a clause; `null` if it can. */
export function reservedReason(crate: string): string | null {
  return REASON_BY_CRATE.get(crate) ?? null;
}
