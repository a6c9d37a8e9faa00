import { defineConfig } from 'vitest/config';

/** Seconds, as Vitest takes times: milliseconds. */
const seconds = (count: number) => count * 1000;

const globalSetup = ['test/global-setup.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/{unit,matrix,golden,cli,harness,service}/**/*.test.ts'],
          globalSetup,
          testTimeout: seconds(30),
          hookTimeout: seconds(120),
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
