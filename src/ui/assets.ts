import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientFolder } from '../kernel/paths.ts'

/** One line of Vite's manifest: the hashed file a source became. */
interface ManifestEntry {
  readonly file: string
  readonly css?: readonly string[]
}

export type Manifest = Readonly<Record<string, ManifestEntry>>

let manifest: Manifest | null = null

function load(): Manifest {
  if (manifest) return manifest
  const file = join(clientFolder, '.vite/manifest.json')
  if (!existsSync(file)) return {}
  manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest
  return manifest
}

/** True when the browser files have been built; asked at start and by `doctor`. */
export const assetsBuilt = (): boolean => Object.keys(load()).length > 0

/** Where the source of an asset lives: `public.css` → the theme, `search.js` → the island, `x.woff2` → the fonts. */
export function sourceOf(name: string): string {
  if (name.endsWith('.css')) return `src/ui/theme/${name.slice(0, -4)}.scss`
  if (name.endsWith('.js')) return `src/islands/${name.slice(0, -3)}/main.ts`
  return `src/ui/theme/fonts/${name}`
}

/**
 * Address of a built browser file: `asset('public.css')`, `asset('search.js')`, `asset('be-vietnam-pro-400.woff2')`.
 * Before a build it answers the unhashed address: a page without its style sheet is still a page that can be read.
 */
export function asset(name: string, entries: Manifest = load()): string {
  const entry = entries[sourceOf(name)]
  return entry ? `/${entry.file}` : `/assets/${name}`
}
