import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { defineConfig } from 'vite'

const root = import.meta.dirname

/** Style sheets are most of the work, and we know it. */
const checks = { pluginTimings: false }

/** What browsers load: one entry an island, and the style sheets of the design system. Named in the manifest by source path. */
function clientEntries(): Record<string, string> {
  const islands = globSync('src/islands/*/main.{ts,tsx}', { cwd: root }).map((path) => [basename(dirname(path)), join(root, path)])
  const sheets = globSync('src/ui/theme/[!_]*.scss', { cwd: root }).map((path) => [
    `theme-${basename(path).replace(/\.\w+$/, '')}`,
    join(root, path),
  ])
  return Object.fromEntries([...islands, ...sheets])
}

export default defineConfig(({ isSsrBuild }) => ({
  root,
  publicDir: isSsrBuild ? false : join(root, 'src/ui/public'),
  css: { preprocessorOptions: { scss: { loadPaths: [root], quietDeps: true } } },
  ssr: { target: 'node' },
  build: isSsrBuild
    ? {
        target: 'node24',
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          // The press has a thread of its own, so it is a file of its own.
          input: { cli: join(root, 'src/cli/main.ts'), 'press-worker': join(root, 'src/modules/printing/press-worker.ts') },
          output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
        },
      }
    : {
        target: 'es2020',
        manifest: true,
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rolldownOptions: { checks, input: clientEntries() },
      },
}))
