import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Temporal } from 'temporal-polyfill'
import { compose } from '../../src/compose.ts'
import type { App, Session } from '../../src/kernel/app.ts'
import { readConfig } from '../../src/kernel/config/index.ts'
import { officerRoles } from '../../src/kernel/context.ts'
import type { Database, Province } from '../../src/kernel/database/index.ts'
import type { WebVariables } from '../../src/kernel/http/context.ts'
import { createWeb } from '../../src/kernel/http/server.ts'
import { staticFiles } from '../../src/kernel/http/static.ts'
import { createLog } from '../../src/kernel/log/index.ts'
import { clientFolder } from '../../src/kernel/paths.ts'
import { refusalPage } from '../../src/ui/refusal-page.tsx'

const CSRF = 'token-of-this-session'

export interface SignedIn {
  readonly app: App
  /** To be served to a browser, whose session cookie is the role's name. */
  readonly web: Hono<{ Variables: WebVariables }>
  /** A page or JSON, as an officer with that role over the whole province (`administrator@H12.101`: over that agency), or as nobody. */
  get(path: string, role?: string): Promise<Response>
  /** The body of a page, as an administrator unless told. */
  text(path: string, role?: string): Promise<string>
  /** Sends a form of one of our pages, token included unless one is given; a name with several values comes as pairs. */
  send(path: string, fields: Record<string, string> | readonly (readonly [string, string])[], role?: string): Promise<Response>
}

function bodyOf(fields: Record<string, string> | readonly (readonly [string, string])[]): string {
  const body = new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields))
  if (!body.has('_csrf')) body.set('_csrf', CSRF)
  return body.toString()
}

/** The whole house in this process, with an officer of every role at the province's root (`H12`) already signed in. */
export async function signedIn(
  db: Database,
  province: Province,
  clock: () => Temporal.Instant,
  settings: Record<string, string> = {},
): Promise<SignedIn> {
  const config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-house-')), BASE_URL: 'http://localhost', ...settings })
  const { app, pages, api } = await compose({ config, log: createLog('silent'), db, province, clock })
  const find = async (_: unknown, token: string): Promise<Session | undefined> => {
    const [name, agencyCode = 'H12'] = token.split('@')
    const role = officerRoles.find((known) => known === name)
    if (!role) return undefined
    const grants = [{ role, agencyCode, subtree: true }]
    const officerId = `01980000-0000-7000-8000-00000000000${officerRoles.indexOf(role)}`
    return { csrf: CSRF, tokenHash: new Uint8Array(), actor: { kind: 'officer', officerId, name: 'Ngô Thị Thử', grants } }
  }
  const asset = existsSync(clientFolder) ? staticFiles(clientFolder) : () => undefined
  const web = createWeb({ ...app, sessions: { find } }, { pages, api, asset, refusalPage })
  const cookie = (role?: string): Record<string, string> => (role ? { cookie: `cuaso_session=${role}` } : {})
  return {
    app,
    web,
    get: async (path, role) => web.request(path, { headers: cookie(role) }),
    text: async (path, role = 'administrator') => (await web.request(path, { headers: cookie(role) })).text(),
    send: async (path, fields, role = 'administrator') =>
      web.request(path, {
        method: 'POST',
        headers: {
          ...cookie(role),
          'content-type': 'application/x-www-form-urlencoded',
          host: 'localhost',
          origin: 'http://localhost',
        },
        body: bodyOf(fields),
      }),
  }
}
