import { type Day, dayOf, isDay } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { formatDay } from '../../../ui/index.ts'
import { texts } from '../texts.ts'

/** The day a page speaks of: `?ngay=`, else today. A day that is none becomes today, and says so. */
export function askedDay(c: Web): { day: Day; wrong: boolean } {
  const asked = c.req.query('ngay')
  const today = dayOf(c.get('app').clock())
  if (asked === undefined || asked === '') return { day: today, wrong: false }
  return isDay(asked) ? { day: asked, wrong: false } : { day: today, wrong: true }
}

/** `từ 01/07/2025`, `01/01/2021 – 30/06/2025`. */
export function lifetime(c: Web, version: { validFrom: Day; validTo: Day | null }): string {
  const values = { from: formatDay(version.validFrom), to: version.validTo === null ? '' : formatDay(version.validTo) }
  return t(c.get('locale'), version.validTo === null ? texts.from : texts.fromTo, values)
}

export const unitHref = (code: string, day: Day): string => `/quan-tri/co-quan/${encodeURIComponent(code)}?ngay=${day}`
