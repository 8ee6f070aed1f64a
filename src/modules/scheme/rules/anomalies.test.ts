import { describe, expect, test } from 'vitest'
import { addDays } from '../../../kernel/clock.ts'
import * as exact from '../../../kernel/rational.ts'
import { buildCalendar } from '../../calendar/index.ts'
import { isWorked, workedTime } from '../anomalies/worked-time.ts'
import { assistedShares, bursts, caseKey, closingDays, dueAsOf, manyFilers, stopClocks, type Thresholds, takenBack } from './anomalies.ts'
import { withoutAssisted } from './without-assisted.ts'

const thresholds: Thresholds = {
  validFrom: '2022-06-23',
  basis: 'thử',
  assistedShare: { least: 30, share: 0.6 },
  onePhone: { persons: 8 },
  oneAccount: { persons: 10 },
  oneDevice: { persons: 9 },
  burst: { least: 15, times: 4, lastDays: 2 },
  takenBack: { minutes: 60, withinDays: 15, least: 2 },
  stopClock: { hours: 8, least: 3 },
}
const at = (text: string): number => Date.parse(`${text}+07:00`)
/** Monday to Friday, 07:30–11:30 and 13:30–17:30, without holidays. */
const plain = buildCalendar({ from: '2026-01-01', to: '2026-12-31', days: [] })
const worked = workedTime('2026-02-01', '2026-06-30', plain)

describe('a second look is offered', () => {
  test('when help with filing is the rule: at the share exactly, and not for a unit with few dossiers', () => {
    const unit = (agencyCode: string, online: number, assisted: number) => ({ agencyCode, online, assisted })
    const cases = assistedShares(
      [unit('at', 100, 60), unit('below', 100, 59), unit('few', 29, 29), unit('enough', 30, 30), unit('none', 0, 0)],
      thresholds,
    )
    expect(cases.map(({ agencyCode, count, of }) => [agencyCode, count, of])).toEqual([
      ['at', 60, 100],
      ['enough', 30, 30],
    ])
  })

  test('when one number, account or device files for many people, each by its own threshold; an office’s own machine stays one', () => {
    const filer = (kind: 'one-phone' | 'one-account' | 'one-device', persons: number, machine?: { agencyCode: string; name: string }) => ({
      kind,
      about: `${kind} ${persons}`,
      masked: '•••789',
      agencyCode: 'a',
      persons,
      assisted: 1,
      machine,
      dossiers: Array.from({ length: persons + 2 }, (_, i) => String(i)),
    })
    const kinds = [
      ['one-phone', 8],
      ['one-account', 10],
      ['one-device', 9],
    ] as const
    const filers = kinds.flatMap(([kind, least]) => [filer(kind, least - 1), filer(kind, least), filer(kind, least + 1)])
    expect(manyFilers(filers, thresholds).map(({ about, count, of }) => [about, count, of])).toEqual(
      kinds.flatMap(([kind, least]) => [
        [`${kind} ${least}`, least, least + 2],
        [`${kind} ${least + 1}`, least + 1, least + 3],
      ]),
    )
    const tablet = { agencyCode: 'H12.101', name: 'Máy tính bảng tổ công nghệ số' }
    expect(manyFilers([filer('one-device', 40, tablet)], thresholds)[0]?.machine).toEqual(tablet)
  })

  test('when the last days bring four times a usual day: at four times and at the least number exactly; a busy day in the middle is nothing', () => {
    const day = (n: number, received: number) => ({ agencyCode: 'a', day: `2023-03-${String(n).padStart(2, '0')}`, received })
    const usual = [day(20, 5), day(21, 40), day(22, 5), day(23, 4)]
    const burst = (...last: ReturnType<typeof day>[]) =>
      bursts([...usual, ...last], ['2023-03-30', '2023-03-31'], thresholds).map(({ about, count, of }) => [about, count, of])
    expect(burst(day(30, 20), day(31, 19))).toEqual([['2023-03-30', 20, 5]])
    expect(burst(day(30, 21))).toEqual([['2023-03-30', 21, 5]])
    expect(bursts([...usual, day(31, 99)], [], thresholds)).toEqual([])
    // A unit with nothing else in the period: the least number alone decides.
    expect(bursts([day(31, 14)], ['2023-03-31'], thresholds)).toEqual([])
    expect(bursts([day(31, 15)], ['2023-03-31'], thresholds).map(({ count, of }) => [count, of])).toEqual([[15, 1]])
    // Each unit by its own usual day.
    expect(bursts([...usual, { ...day(31, 20), agencyCode: 'b' }], ['2023-03-31'], thresholds).map(({ agencyCode }) => agencyCode)).toEqual(
      ['b'],
    )
  })

  test('when work ended in the last working hour before it was due and was opened again soon; neither earlier, nor late, nor long after', () => {
    const step = (dossierId: string, ended: string, back: string, due = '2026-03-10T17:00:00') => ({
      dossierId,
      agencyCode: 'a',
      endedAt: at(ended),
      takenBackAt: at(back),
      due: at(due),
    })
    const found = (...steps: ReturnType<typeof step>[]) =>
      takenBack(steps, { ...thresholds, takenBack: { ...thresholds.takenBack, least: 1 } }, worked).flatMap(({ dossiers }) => dossiers)
    expect(found(step('exactly an hour', '2026-03-10T16:00:00', '2026-03-12T08:00:00'))).toHaveLength(1)
    expect(found(step('a second more', '2026-03-10T15:59:59', '2026-03-12T08:00:00'))).toEqual([])
    expect(found(step('at the due time', '2026-03-10T17:00:00', '2026-03-12T08:00:00'))).toHaveLength(1)
    expect(found(step('late', '2026-03-10T17:00:01', '2026-03-12T08:00:00'))).toEqual([])
    expect(found(step('fifteen days', '2026-03-10T16:30:00', '2026-03-25T16:30:00'))).toHaveLength(1)
    expect(found(step('longer', '2026-03-10T16:30:00', '2026-03-25T16:30:01'))).toEqual([])
    // 13:30 is the first minute after the break: half an hour of work before a due time at 14:00, 75 minutes from 11:15 on.
    expect(found(step('over noon', '2026-03-10T11:00:00', '2026-03-12T08:00:00', '2026-03-10T14:00:00'))).toHaveLength(1)
    expect(found(step('before noon', '2026-03-10T10:59:00', '2026-03-12T08:00:00', '2026-03-10T14:00:00'))).toEqual([])
    // Friday 17:00 to Monday 08:00 is an hour of work; nothing promised is nothing near.
    expect(found(step('over the weekend', '2026-03-06T17:00:00', '2026-03-12T08:00:00', '2026-03-09T08:00:00'))).toHaveLength(1)
    expect(found(step('Friday afternoon', '2026-03-06T16:59:00', '2026-03-12T08:00:00', '2026-03-09T08:00:00'))).toEqual([])
    expect(found({ ...step('no due', '2026-03-06T16:59:00', '2026-03-12T08:00:00'), due: null as never })).toEqual([])
    // Two of a unit are needed here; the same dossier twice is one.
    const twice = step('x', '2026-03-10T16:30:00', '2026-03-11T08:00:00')
    expect(takenBack([twice, twice], thresholds, worked)).toEqual([])
    expect(takenBack([twice, { ...twice, dossierId: 'y' }], thresholds, worked)[0]).toMatchObject({ count: 2, dossiers: ['x', 'y'] })
  })

  test('when one officer asks for supplements in the last working day before due again and again; once or twice is nothing', () => {
    const asked = (officerId: string, dossierId: string, when: string, due = '2026-03-10T17:30:00') => ({
      dossierId,
      agencyCode: 'a',
      officerId,
      officer: 'Cán bộ',
      at: at(when),
      due: at(due),
    })
    const cases = stopClocks(
      [
        ...['1', '2', '3'].map((id) => asked('x', id, '2026-03-10T07:30:00')),
        asked('x', '4', '2026-03-09T17:29:59'),
        ...['5', '6'].map((id) => asked('y', id, '2026-03-10T15:00:00')),
        // Due on Monday noon, asked for on Friday afternoon: four hours and two of work.
        ...['7', '8', '9'].map((id) => asked('z', id, '2026-03-06T15:30:00', '2026-03-09T11:30:00')),
      ],
      thresholds,
      worked,
    )
    expect(cases.map(({ about, count, of, dossiers }) => [about, count, of, dossiers])).toEqual([
      ['x', 3, 4, ['1', '2', '3']],
      ['z', 3, 3, ['7', '8', '9']],
    ])
    // The same officer at two units is two: a case belongs to the unit where it happened.
    const moved = ['1', '2', '3'].map((id, n) => ({ ...asked('x', id, '2026-03-10T15:00:00'), agencyCode: n < 2 ? 'a' : 'b' }))
    expect(stopClocks(moved, thresholds, worked)).toEqual([])
  })
})

test('a due time is the one that stood at that moment, whatever moved it since', () => {
  const moves = [
    { at: at('2026-03-05T10:00:00'), from: at('2026-03-06T17:00:00') },
    { at: at('2026-03-09T10:00:00'), from: at('2026-03-10T17:00:00') },
  ]
  const due = at('2026-03-20T17:00:00')
  expect(dueAsOf(at('2026-03-04T10:00:00'), due, moves)).toBe(at('2026-03-06T17:00:00'))
  expect(dueAsOf(at('2026-03-05T10:00:00'), due, moves)).toBe(at('2026-03-10T17:00:00'))
  expect(dueAsOf(at('2026-03-10T10:00:00'), due, moves)).toBe(due)
  expect(dueAsOf(at('2026-03-04T10:00:00'), null, [])).toBeNull()
})

test('shortly before a close are the last working days and every day off among and after them', () => {
  const day = { isWorked: (one: string) => isWorked(one, plain), before: (one: string) => addDays(one, -1) }
  // 31 May 2026 is a Sunday; the last two working days are 28 and 29 May.
  expect(closingDays({ from: '2026-05-01', to: '2026-05-31' }, 2, day)).toEqual(['2026-05-31', '2026-05-30', '2026-05-29', '2026-05-28'])
  expect(closingDays({ from: '2026-03-01', to: '2026-03-31' }, 2, day)).toEqual(['2026-03-31', '2026-03-30'])
  // A period with fewer working days has no last ones: everything would be a burst of itself.
  expect(closingDays({ from: '2026-05-30', to: '2026-05-31' }, 2, day)).toEqual([])
})

test('working time leaves out nights, breaks, weekends and holidays, also in a year that no calendar covers', () => {
  expect(worked(at('2026-03-06T17:00:00'), at('2026-03-09T08:00:00'))).toBe(3_600_000)
  expect(worked(at('2026-03-09T23:59:59'), at('2026-03-10T00:00:01'))).toBe(0)
  expect(worked(at('2026-03-10T09:00:00'), at('2026-03-09T09:00:00'))).toBe(0)
  const unknown = workedTime('2019-03-01', '2019-03-31', plain)
  expect(unknown(at('2019-03-08T17:00:00'), at('2019-03-11T08:00:00'))).toBe(3_600_000)
})

test('a case keeps its name for its period and is another in another', () => {
  const one = { kind: 'burst' as const, about: '2023-03-30', agencyCode: 'H12.31' }
  const march = { from: '2023-03-01', to: '2023-03-31' }
  expect(caseKey(one, march)).toBe(caseKey({ ...one }, march))
  expect(caseKey(one, march)).not.toBe(caseKey(one, { ...march, from: '2023-01-01' }))
})

test('without assisted filings, what they count for leaves both sides; what nobody reported stays unknown', () => {
  const left = withoutAssisted({ received: 10, online: 8, synced: 9, from_vault: null }, { received: 4, online: 4, from_vault: 1 })
  expect(left).toEqual({ received: 6, online: 4, synced: 9, from_vault: null })
  expect(exact.written(exact.rational(left.online ?? 0, left.received ?? 1), 4)).toBe('0.6667')
})
