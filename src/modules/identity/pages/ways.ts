import type { Actor } from '../../../kernel/context.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { ownPath } from '../rules/own-path.ts'

const HOSTS = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/**
 * The address this person uses for us. The configured one; only a demo without BASE_URL follows the browser, so that it works under
 * localhost, 127.0.0.1 and the machine's name alike.
 */
export function originOf(c: Web): string {
  const { config, baseUrl } = c.get('app')
  const host = c.req.header('host')
  if (config.BASE_URL || config.OIDC_ISSUER || !config.DEMO || !host || !HOSTS.test(host)) return new URL(baseUrl).origin
  return `${new URL(baseUrl).protocol}//${host}`
}

/** Where an officer's day begins. */
const desks = {
  clerk: '/mot-cua',
  specialist: '/mot-cua',
  unit_head: '/mot-cua',
  reform_officer: '/dieu-hanh',
  leader: '/dieu-hanh',
  administrator: '/quan-tri',
} as const

/** The first page of somebody who wanted no page in particular. */
export function homeOf(actor: Actor): string {
  const role = actor.kind === 'officer' ? actor.grants[0]?.role : undefined
  if (role) return desks[role]
  return actor.kind === 'officer' ? '/tai-khoan' : '/'
}

/** The page asked for in `?ve=`, when it is one of ours; else an empty text. */
export const wantedPath = (c: Web): string => ownPath(c.req.query('ve'), '')

/** `/dang-nhap` with the way back. */
export const withReturn = (path: string, wanted: string): string => (wanted ? `${path}?ve=${encodeURIComponent(wanted)}` : path)
