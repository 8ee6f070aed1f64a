import type { Context as HonoContext } from 'hono'
import type { App, Session } from '../app.ts'
import type { Actor } from '../context.ts'
import type { Province } from '../database/index.ts'
import type { Locale } from '../i18n/index.ts'
import type { SentForm } from './form.ts'

export interface WebVariables {
  app: App
  province: Province
  actor: Actor
  session: Session | undefined
  locale: Locale
  traceId: string
  /** Token that every form of this page must send back as `_csrf`. */
  csrf: string
  /** Set where what is sent matters: throws `Refused` unless the officer's second factor was proved lately, or is with this form. */
  confirm: ((sent: SentForm) => Promise<void>) | undefined
}

export type Web = HonoContext<{ Variables: WebVariables }>
