import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Delta } from '../../kernel/events.ts'
import { measureId } from '../indicator/index.ts'
import { bitOf, bitsOf, deltasOf, deltasOfEvent, factsOf, measureIds, recountFrom } from './measures.ts'
import type { Dossier } from './rules/dossier.ts'
import { anyLife, filing, play, START } from './rules/history.test-support.ts'

const plain = { channel: 'online' as const, assisted: true, feeVnd: 8000, papers: [{ file: true, reused: true }], returnsResult: true }

const life = (...steps: Parameters<typeof play>[1][number]['action'][]): Dossier =>
  play(
    plain,
    steps.map((action) => ({ action, minutes: 60, pick: 2 })),
  ).states.at(-1) as Dossier

const counted = (dossier: Dossier): string[] => {
  const facts = factsOf(dossier)
  return Object.entries(measureIds)
    .filter(([, id]) => facts?.in.includes(id))
    .map(([code]) => code)
}

/** Deltas as one table of sums. */
function table(deltas: Iterable<Delta>): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { agencyCode, day, procedureCode, channel, values } of deltas) {
    for (const [id, value] of values) {
      const key = [agencyCode, day, procedureCode, channel, id].join(' ')
      sums[key] = (sums[key] ?? 0) + value
      if (sums[key] === 0) delete sums[key]
    }
  }
  return sums
}

describe('what a dossier counts for', () => {
  test('the ids are those of the indicator module', () => expect(measureId).toMatchObject(measureIds))

  test('nothing before it is received', () => {
    expect(factsOf(life())).toBeNull()
    expect(factsOf(life('withdraw'))).toBeNull()
    expect(factsOf(life('refuse'))).toBeNull()
  })

  test('received online with help, with a fee, all papers digitised, one used again', () => {
    expect(counted(life('receive'))).toEqual(['received', 'online', 'assisted', 'fee_due', 'digitised', 'reused'])
  })

  test('it belongs to the civil day in Vietnam of its reception', () => {
    expect(factsOf(life('receive'))).toMatchObject({ agency: 'H12.101', day: '2026-03-02', procedure: '1.001193', channel: 'online' })
  })

  test('waiting for the applicant: in time while the first list was sent in time; a second list makes it late, one before reception does not', () => {
    const waiting = life('receive', 'request-supplement')
    expect(counted(waiting)).toEqual(expect.arrayContaining(['waiting', 'waiting_on_time']))
    expect(counted({ ...waiting, dueAt: waiting.receivedAt })).not.toContain('waiting_on_time')
    const twice = { ...waiting, supplementRequests: 2 }
    expect(counted(twice)).toEqual(expect.arrayContaining(['waiting', 'supplement_late']))
    expect(counted(twice)).not.toContain('waiting_on_time')
    expect(counted({ ...twice, intakeSupplements: 1 })).toContain('waiting_on_time')
  })

  test('put off with an apology: re-appointed', () => {
    expect(counted({ ...life('receive'), extensions: 1 })).toContain('reappointed')
  })

  test('of completion and return the completion counts, and the applicant’s time is not the office’s', () => {
    const done = life('receive', 'assign', 'submit-for-signature', 'issue', 'return')
    const late = { ...done, returnedAt: done.dueAt?.add({ hours: 1 }) ?? null }
    expect(counted(late)).toContain('on_time')
    expect(counted({ ...late, completedAt: null })).not.toContain('on_time')
  })

  test('paid online counts only where a fee is due', () => {
    const dossier = life('receive')
    expect(counted({ ...dossier, paidOnline: true })).toContain('paid_online')
    expect(counted({ ...dossier, feeVnd: 0, paidOnline: true })).not.toContain('paid_online')
  })

  test('online to the result: from the electronic result on, or at once where no document is owed', () => {
    const steps = ['receive', 'assign', 'submit-for-signature', 'issue'] as const
    const done = life(...steps)
    expect(counted({ ...done, resultElectronic: false })).not.toContain('online_complete')
    expect(counted({ ...done, resultElectronic: true })).toEqual(
      expect.arrayContaining(['online_complete', 'result_due', 'result_given', 'digitised_complete']),
    )
    expect(counted({ ...life('receive'), returnsResult: false })).toContain('online_complete')
    expect(counted({ ...done, returnsResult: false })).not.toContain('result_due')
    expect(counted({ ...done, channel: 'counter', resultElectronic: true })).not.toContain('online_complete')
  })

  test('a refused or stopped dossier owes no document', () => {
    expect(counted(life('receive', 'stop'))).toContain('finished')
    expect(counted(life('receive', 'stop'))).not.toContain('result_due')
    // A file of the past says when the notice was handed out.
    const past = { ...life('receive', 'assign', 'submit-for-signature', 'issue', 'return'), resultElectronic: true }
    expect(counted(past)).toEqual(expect.arrayContaining(['result_due', 'result_given']))
    for (const status of [3, 7, 8] as const) expect(counted({ ...past, status })).not.toContain('result_due')
  })

  test("filed from a person's own account it used population data", () => {
    expect(counted({ ...life('receive'), submitterId: '018f0000-0000-7000-8000-000000000001' })).toContain('population_data')
    expect(counted({ ...life('receive'), submitterId: null })).not.toContain('population_data')
  })

  test('a dossier without papers is not digitised', () => {
    expect(counted({ ...life('receive'), papersTotal: 0, papersDigitised: 0 })).not.toContain('digitised')
  })

  test('finished on the due minute is on time; a millisecond later is late', () => {
    const dossier = life('receive', 'assign', 'submit-for-signature', 'issue')
    const due = dossier.completedAt
    expect(counted({ ...dossier, dueAt: due })).toEqual(expect.arrayContaining(['finished', 'on_time']))
    expect(counted({ ...dossier, dueAt: due?.subtract({ milliseconds: 1 }) ?? null })).not.toContain('on_time')
  })

  test('done (9) counts before returned (10): a result that waits at the desk is not late', () => {
    const dossier = life('receive', 'assign', 'submit-for-signature', 'issue', 'return')
    expect(counted({ ...dossier, dueAt: dossier.completedAt })).toContain('on_time')
    expect(counted({ ...dossier, completedAt: null, dueAt: dossier.returnedAt })).toContain('on_time')
  })

  test('withdrawn after reception is finished at the hour of the withdrawal, not of the notice', () => {
    const dossier = life('receive', 'withdraw', 'stop')
    expect(dossier.closedAt?.toString()).toBe(START.add({ hours: 2 }).toString())
    expect(counted(dossier)).toEqual(expect.arrayContaining(['finished', 'on_time']))
  })

  test('stopped while it waited for the applicant, it ended when it began to wait', () => {
    const dossier = life('receive', 'request-supplement', 'stop')
    expect(counted({ ...dossier, dueAt: dossier.pausedAt })).toContain('on_time')
  })

  test('a second list that was never answered makes it late also when it is stopped; an answered one does not', () => {
    const steps = ['receive', 'request-supplement', 'answer-supplement', 'request-supplement'] as const
    const stopped = life(...steps, 'stop')
    expect(stopped).toMatchObject({ stage: 'closed', supplementRequests: 2 })
    const inTime = stopped.pausedAt?.add({ hours: 1 }) ?? null
    expect(counted({ ...stopped, dueAt: inTime })).not.toContain('on_time')
    expect(counted({ ...stopped, dueAt: inTime, intakeSupplements: 1 })).toContain('on_time')
    expect(counted(life(...steps, 'answer-supplement', 'assign', 'submit-for-signature', 'issue'))).toContain('on_time')
  })

  test('asked twice for papers and not done is not on time', () => {
    expect(counted({ ...life('receive', 'request-supplement'), supplementRequests: 2 })).not.toContain('on_time')
  })

  test('the stored bits say the same as the facts', () => {
    const facts = factsOf(life('receive'))
    expect(bitsOf(facts) & bitOf('online')).not.toBe(0)
    expect(bitsOf(facts) & bitOf('finished')).toBe(0)
    expect(bitsOf(null)).toBe(0)
  })
})

describe('whatever happens to dossiers', () => {
  const lives = fc.array(fc.tuple(filing, anyLife), { minLength: 1, maxLength: 6 })

  test('deltas of a history, a recount of its events in any order, and the facts of its last states are the same sums', () => {
    fc.assert(
      fc.property(lives, fc.infiniteStream(fc.nat()), (all, random) => {
        const played = all.map(([given, attempts], n) => play(given, attempts, `01900000-0000-7000-8000-00000000000${n}`))
        const deltas = played.flatMap(({ states }) => states.flatMap((state, n) => deltasOf(states[n - 1] ?? null, state)))
        const events = played.flatMap((one) => one.events.map(({ data }) => ({ data: JSON.parse(JSON.stringify(data)) as object })))
        const order = random[Symbol.iterator]()
        const shuffled = events
          .map((event) => ({ event, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ event }) => event)
        const last = played.flatMap(({ states }) => deltasOf(null, states.at(-1) as Dossier))
        expect(table(recountFrom(shuffled))).toEqual(table(deltas))
        expect(table(shuffled.flatMap(deltasOfEvent))).toEqual(table(deltas))
        expect(table(last)).toEqual(table(deltas))
      }),
      { numRuns: 200 },
    )
  })
})
