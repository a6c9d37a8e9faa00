import { execFileSync } from 'node:child_process';
import { defineConfig } from 'vitest/config';

// Projects name a toolchain; the tests build them with the active one, which need not be called by its version.
process.env['RUSTUP_TOOLCHAIN'] ??= activeToolchain();

/** Seconds, as Vitest takes times: milliseconds. */
const seconds = (count: number) => count * 1000;

const globalSetup = ['test/global-setup.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          // Pure functions and single modules, and every project in memory.
          name: 'unit',
          include: ['test/{unit,matrix,golden,hostile}/**/*.test.ts'],
          globalSetup,
          testTimeout: seconds(30),
        },
      },
      {
        test: {
          // The command line, as a process and in a pseudo-terminal, and the packed tarball.
          name: 'cli',
          include: ['test/cli/**/*.test.ts'],
          globalSetup,
          testTimeout: seconds(30),
          hookTimeout: seconds(120),
        },
      },
      {
        test: {
          // Writing a project, killed or failing at every step.
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          testTimeout: seconds(600),
        },
      },
      {
        test: {
          // The conformance suite against a model that breaks one promise at a time, and the harness that starts servers.
          name: 'suite',
          include: ['test/{suite,harness}/**/*.test.ts'],
          testTimeout: seconds(60),
          hookTimeout: seconds(120),
        },
      },
      {
        test: {
          // The default project, built and put through the contract.
          name: 'service',
          include: ['test/service/**/*.test.ts'],
          globalSetup,
          testTimeout: seconds(1200),
          hookTimeout: seconds(1200),
        },
      },
      {
        test: {
          name: 'build',
          include: ['test/build/**/*.test.ts'],
          globalSetup,
          testTimeout: seconds(1200),
          hookTimeout: seconds(1200),
          // Cargo uses every core by itself, and all share one target folder.
          fileParallelism: false,
        },
      },
      {
        test: {
          // One combination, for scripts/matrix.mjs, which has built what is proven.
          name: 'proof',
          include: ['test/proof/**/*.test.ts'],
          testTimeout: seconds(1200),
          hookTimeout: seconds(1200),
        },
      },
      {
        test: {
          // Against the service at CONFORMANCE_URL.
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          testTimeout: seconds(60),
          fileParallelism: false,
        },
      },
    ],
  },
});

/** The name that rustup has for the toolchain in use; empty without rustup, which nothing reads then. */
function activeToolchain(): string {
  try {
    return execFileSync('rustup', ['show', 'active-toolchain'], { encoding: 'utf8' }).split(' ', 1)[0] ?? '';
  } catch {
    return '';
  }
}
