import { ConfigError } from '../kernel/config/index.ts'
import { Routes } from '../kernel/http/routes.ts'
import { provinceTheme } from './contrast.ts'

export const THEME_PATH = '/giao-dien/tinh.css'

/** The style sheet of a province with its own colour. Throws `ConfigError` when the colour cannot be read. */
export function themeRoutes(primary: string | undefined): Routes {
  const routes = new Routes()
  if (!primary) return routes
  const css = readable(primary)
  return routes.get(
    THEME_PATH,
    'public',
    () => new Response(css, { headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=3600' } }),
  )
}

function readable(primary: string): string {
  try {
    return provinceTheme(primary)
  } catch (error) {
    throw new ConfigError(`PRIMARY_COLOUR: ${error instanceof Error ? error.message : String(error)}`)
  }
}
