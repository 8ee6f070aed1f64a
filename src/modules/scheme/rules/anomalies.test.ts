import { describe, expect, test } from 'vitest'
import * as exact from '../../../kernel/rational.ts'
import { assistedShares, bursts, caseKey, manyFilers, stopClocks, type Thresholds, takenBack } from './anomalies.ts'
import { withoutAssisted } from './without-assisted.ts'

const thresholds: Thresholds = {
  validFrom: '2022-06-23',
  basis: 'thử',
  assistedShare: { least: 30, share: 0.6 },
  onePhone: { persons: 8 },
  oneAccount: { persons: 10 },
  burst: { least: 15, times: 4, lastDays: 2 },
  takenBack: { minutes: 60, withinDays: 15, least: 1 },
  stopClock: { hours: 8, least: 3 },
}
const at = (text: string): number => Date.parse(`${text}+07:00`)

describe('a second look is offered', () => {
  test('when help with filing is the rule: at the share exactly, and not for a unit with few dossiers', () => {
    const unit = (agencyCode: string, online: number, assisted: number) => ({ agencyCode, online, assisted })
    const cases = assistedShares([unit('a', 100, 60), unit('b', 100, 59), unit('c', 29, 29), unit('d', 30, 30)], thresholds)
    expect(cases.map(({ agencyCode, count, of }) => [agencyCode, count, of])).toEqual([
      ['a', 60, 100],
      ['d', 30, 30],
    ])
  })

  test('when one number or account files for many people, each by its own threshold', () => {
    const filer = (kind: 'one-phone' | 'one-account', persons: number) => ({
      kind,
      about: `${kind} ${persons}`,
      masked: '•••789',
      agencyCode: 'a',
      persons,
      dossiers: Array.from({ length: persons + 2 }, (_, i) => String(i)),
    })
    const cases = manyFilers([filer('one-phone', 8), filer('one-phone', 7), filer('one-account', 9), filer('one-account', 10)], thresholds)
    expect(cases.map(({ about, count, of }) => [about, count, of])).toEqual([
      ['one-phone 8', 8, 10],
      ['one-account 10', 10, 12],
    ])
  })

  test('when the last days bring four times a usual day; a busy day in the middle is nothing', () => {
    const day = (n: number, received: number) => ({ agencyCode: 'a', day: `2023-03-${String(n).padStart(2, '0')}`, received })
    const days = [day(20, 5), day(21, 40), day(22, 5), day(23, 4), day(30, 20), day(31, 19)]
    expect(bursts(days, ['2023-03-30', '2023-03-31'], thresholds).map(({ about, count, of }) => [about, count, of])).toEqual([
      ['2023-03-30', 20, 5],
    ])
    expect(bursts(days, [], thresholds)).toEqual([])
  })

  test('when a result came in the last hour before it was due and was taken back soon; neither earlier, nor late, nor long after', () => {
    const step = (dossierId: string, issued: string, back: string) => ({
      dossierId,
      agencyCode: 'a',
      issuedAt: at(issued),
      takenBackAt: at(back),
      dues: [at('2026-03-10T17:00:00')],
    })
    const cases = takenBack(
      [
        step('exactly an hour', '2026-03-10T16:00:00', '2026-03-12T08:00:00'),
        step('too early', '2026-03-10T15:59:00', '2026-03-12T08:00:00'),
        step('late anyway', '2026-03-10T17:01:00', '2026-03-12T08:00:00'),
        step('long after', '2026-03-10T16:30:00', '2026-04-12T08:00:00'),
      ],
      thresholds,
    )
    expect(cases.map(({ dossiers }) => dossiers)).toEqual([['exactly an hour']])
  })

  test('when one officer asks for supplements just before due again and again; once or twice is nothing', () => {
    const asked = (officerId: string, dossierId: string, when: string) => ({
      dossierId,
      agencyCode: 'a',
      officerId,
      officer: 'Cán bộ',
      at: at(when),
      dues: [at('2026-03-10T17:00:00')],
    })
    const cases = stopClocks(
      [
        ...['1', '2', '3'].map((id) => asked('x', id, '2026-03-10T15:00:00')),
        asked('x', '4', '2026-03-03T15:00:00'),
        ...['5', '6'].map((id) => asked('y', id, '2026-03-10T15:00:00')),
      ],
      thresholds,
    )
    expect(cases.map(({ about, count, of, dossiers }) => [about, count, of, dossiers])).toEqual([['x', 3, 4, ['1', '2', '3']]])
  })
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
