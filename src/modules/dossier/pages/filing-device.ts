import { getCookie, setCookie } from 'hono/cookie'
import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { citizenRule } from '../citizen-law.ts'
import { deviceMark, isDeviceCookie, newDeviceCookie } from '../device-mark.ts'
import { findMachine, type OfficeMachine } from '../device-store.ts'

/** Name of the cookie. Over https its prefix makes browsers refuse it from a subdomain or another path. */
const nameOf = (app: Pick<App, 'baseUrl'>): string => (app.baseUrl.startsWith('https:') ? '__Host-cuaso_may' : 'cuaso_may')

const daysOf = (c: Web): number => citizenRule(dayOf(c.get('app').clock())).deviceDays
const markOf = (c: Web, cookie: string): string => deviceMark(cookie, c.get('app').secret, c.get('province').slug)

/** The mark of the device this request comes from, if it has one; nothing is set. */
function knownMark(c: Web): string | undefined {
  const cookie = getCookie(c, nameOf(c.get('app')))
  return daysOf(c) > 0 && isDeviceCookie(cookie) ? markOf(c, cookie) : undefined
}

/**
 * The mark of the device a dossier is being sent from; a device without one is given one. Only sending a dossier (or naming an office's
 * machine) sets the cookie: whoever reads pages or leaves a draft gets none. It is not made to last longer by being used, except an office's own.
 */
export function filingMark(c: Web, options: { renew?: boolean } = {}): string | undefined {
  const days = daysOf(c)
  if (days === 0) return undefined
  const app = c.get('app')
  const known = getCookie(c, nameOf(app))
  const cookie = isDeviceCookie(known) ? known : newDeviceCookie()
  if (cookie !== known || options.renew)
    setCookie(c, nameOf(app), cookie, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: app.baseUrl.startsWith('https:'),
      maxAge: days * 24 * 60 * 60,
    })
  return markOf(c, cookie)
}

/** The office's machine this request comes from, when it was named as one. */
export async function machineHere(c: Web): Promise<OfficeMachine | undefined> {
  const mark = knownMark(c)
  if (!mark) return undefined
  const found = await c.get('app').db.read(c.get('province'), (tx) => findMachine(tx, mark))
  return found?.name ? found : undefined
}
