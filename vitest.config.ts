import { defineConfig } from 'vitest/config'

const database = 'test/support/database-setup.ts'
/**
 * The order of the event log waits for the oldest transaction of the whole server, so tests of it must have the server to themselves:
 * they run after the others, one file at a time.
 */
const alone = 'src/kernel/{relay,seal}/**/*.store.test.ts'
const jsx = { oxc: { jsx: { runtime: 'automatic' as const, importSource: 'hono/jsx' } } }

/** The three sizes of a test (pure, with a database, through HTTP or a browser) and the two special rooms. */
export default defineConfig({
  test: {
    reporters: ['default'],
    // Two cores: more workers only take turns.
    maxWorkers: 2,
    projects: [
      {
        ...jsx,
        test: {
          name: 'unit',
          include: ['{src,scripts,bench}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{store,http,e2e}.test.{ts,tsx}', '**/node_modules/**'],
          // Pure functions share nothing, so files may share a worker.
          isolate: false,
        },
      },
      {
        ...jsx,
        test: {
          name: 'store',
          // Each file has its own database; modules keep what they know by province and database, so files may share a worker.
          isolate: false,
          include: ['src/**/*.store.test.{ts,tsx}'],
          exclude: [alone],
          globalSetup: [database],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'store-alone',
          include: [alone],
          globalSetup: [database],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...jsx,
        test: {
          name: 'http',
          isolate: false,
          include: ['{src,test}/**/*.http.test.{ts,tsx}'],
          globalSetup: [database],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], testTimeout: 60_000 } },
      {
        ...jsx,
        test: {
          name: 'browser',
          isolate: false,
          include: ['test/e2e/**/*.e2e.test.{ts,tsx}'],
          globalSetup: [database, 'test/support/browser-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...jsx,
        test: {
          name: 'crash',
          include: ['test/crash/**/*.test.ts'],
          globalSetup: [database],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
