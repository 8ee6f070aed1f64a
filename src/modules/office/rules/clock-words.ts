import { fill, type Text } from '../../../kernel/i18n/index.ts'
import type { ClockState, Stage } from '../../dossier/index.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A stretch of time in the largest unit that says it: `3 ngày`, `5 giờ`, `12 phút`. Rounded down, never to nothing. */
export function span(ms: number): Text {
  const size = Math.abs(ms)
  if (size >= DAY) return fill(texts.days, { n: Math.floor(size / DAY) })
  if (size >= HOUR) return fill(texts.hours, { n: Math.floor(size / HOUR) })
  return fill(texts.minutes, { n: Math.max(1, Math.floor(size / MINUTE)) })
}

const both = (template: Text, part: Text): Text => ({
  vi: template.vi.replace('{span}', part.vi),
  en: template.en.replace('{span}', part.en),
})

export interface ClockWords {
  readonly state: 'on-time' | 'soon' | 'overdue' | 'paused' | 'done'
  /** Share of the time from reception to due time that is gone; 1 and more is overdue. */
  readonly used: number
  readonly text: Text
}

/** How the clock of a dossier reads at `now` (epoch milliseconds). */
export function clockWords(
  row: { clock: ClockState; stage?: Stage; receivedAt: string | null; submittedAt: string; dueAt: string | null },
  now: number,
): ClockWords {
  if (row.clock === 'paused') {
    const { clockWithdrawn, clockPayment } = listTexts
    const text = row.stage === 'withdrawn' ? clockWithdrawn : row.stage === 'payment' ? clockPayment : texts.clockPaused
    return { state: 'paused', used: 0, text }
  }
  if (row.clock === 'done') return { state: 'done', used: 1, text: texts.clockDone }
  if (row.dueAt === null || row.clock === 'none') return { state: 'paused', used: 0, text: texts.clockNone }
  const due = Date.parse(row.dueAt)
  const start = Date.parse(row.receivedAt ?? row.submittedAt)
  const used = due > start ? (now - start) / (due - start) : 1
  const left = span(due - now)
  if (due < now) return { state: 'overdue', used, text: both(texts.clockOverdue, left) }
  if (row.clock === 'today') return { state: 'soon', used, text: both(texts.clockToday, left) }
  return { state: row.clock === 'soon' ? 'soon' : 'on-time', used, text: both(texts.clockLeft, left) }
}
