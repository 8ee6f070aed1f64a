import type { Context as HonoContext } from 'hono'
import type { App, Session } from '../app.ts'
import type { Actor } from '../context.ts'
import type { Province } from '../database/index.ts'
import type { Locale } from '../i18n/index.ts'

export interface WebVariables {
  app: App
  province: Province
  actor: Actor
  session: Session | undefined
  locale: Locale
  traceId: string
  /** Token that every form of this page must send back as `_csrf`. */
  csrf: string
}

export type Web = HonoContext<{ Variables: WebVariables }>
