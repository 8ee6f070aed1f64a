import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dayOf } from '../../../kernel/clock.ts'
import { buildCalendar, dueAt, readNationalCalendar, type TimeLimit } from '../../calendar/index.ts'
import { type DueDossier, previewDues } from './due-preview.ts'

const before = await readNationalCalendar()
const storm = { day: '2026-11-25', kind: 'closed', layer: 'province', name: 'Bão', nameEn: '', source: '', certainty: 'local' } as const
const after = buildCalendar({ from: before.from, to: before.to, days: [...before.special.values(), storm] })
const now = Temporal.Instant.from('2026-11-23T08:00:00+07:00')
const limits: readonly TimeLimit[] = [1, 2, 3, 5, 7, 10, 15, 20].map((limit) => ({ limit, unit: 'working_day' }))

const dues = new Map<string, Temporal.Instant>()

/** Nobody's limit is of the same day here, so the day of receipt is all that matters. */
function promised(receivedAt: Temporal.Instant, limit: TimeLimit): Temporal.Instant {
  const key = `${dayOf(receivedAt)} ${limit.limit}`
  const due = dues.get(key) ?? dueAt(receivedAt, limit, before).due
  dues.set(key, due)
  return due
}

/** Open dossiers as a province has them: received over eight weeks in office hours, at sixty agencies. */
function openDossiers(n: number): DueDossier[] {
  const begin = Temporal.Instant.from('2026-10-01T07:30:00+07:00').epochMilliseconds
  return Array.from({ length: n }, (_, at) => {
    const receivedAt = Temporal.Instant.fromEpochMilliseconds(begin + (at % 54) * 86_400_000 + (at % 480) * 60_000 + (at % 59) * 1000)
    const limit = limits[at % limits.length] ?? { limit: 3, unit: 'working_day' }
    const agencyCode = `H12.${100 + (at % 60)}`
    const due = promised(receivedAt, limit)
    const ledger = { limit, events: [{ type: 'start', at: receivedAt.toString(), agency: agencyCode }] as const }
    return { id: String(at), code: null, procedureName: '', agencyCode, receivedAt, due, ledger }
  })
}

test('forty thousand open due times are compared within seconds, and each moves as if it were alone', () => {
  const dossiers = openDossiers(40_000)
  const begun = performance.now()
  const { moves, kept, unknown } = previewDues(dossiers, before, after, now)
  expect(performance.now() - begun).toBeLessThan(3000)
  expect([moves.length > 1000, kept, unknown]).toEqual([true, 0, 0])
  const byId = new Map(moves.map((move) => [move.id, move.to.toString()]))
  for (const dossier of dossiers.filter((_, at) => at % 97 === 0)) {
    const alone = dueAt(dossier.receivedAt, dossier.ledger?.limit ?? { limit: 0, unit: 'hour' }, after).due
    expect(byId.get(dossier.id) ?? dossier.due.toString()).toBe(alone.toString())
  }
})
