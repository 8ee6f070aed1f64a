import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { WorkCounts, WorkListFilter } from '../../dossier/index.ts'
import { columnsByPlace, columnsOf, listColumns } from './columns.ts'
import { countBeside, countOf, isOn, listAddress, listQuery, namedLists, readListAddress, towards } from './list-address.ts'

const read = (address: string): WorkListFilter => readListAddress(Object.fromEntries(new URL(address, 'http://localhost').searchParams))
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined })
const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))
const filters: fc.Arbitrary<WorkListFilter> = fc.record({
  scope: fc.constantFrom('all', 'mine', 'for-me', 'for-others', 'unit', 'reception'),
  stage: maybe(fc.constantFrom('submitted', 'payment', 'ready', 'closed')),
  clock: maybe(fc.constantFrom('overdue', 'today', 'soon', 'waiting')),
  assignee: maybe(fc.oneof(fc.constantFrom('nobody', 'unheld'), fc.uuid())),
  channel: maybe(fc.constantFrom('online', 'counter', 'post')),
  procedureCode: maybe(fc.constantFrom('1.001193', '2.000986')),
  agencyCode: maybe(fc.constantFrom('H12.101', 'H12')),
  receivedFrom: maybe(day),
  receivedTo: maybe(day),
  dueFrom: maybe(day),
  dueTo: maybe(day),
  search: maybe(fc.constantFrom('nguyễn văn an', '0912 & 345', '100%')),
  after: maybe(fc.constantFrom('2026-03-02T01:00:00+00:00_01900000-0000-7000-8000-000000000001')),
})

describe('a list lives in its address', () => {
  test('an address read again gives the same filter', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(read(listAddress(filter))).toEqual(filter)
      }),
    )
  })

  test('what is no filter of ours is left out: an unknown word, a day there is not, somebody else’s SQL', () => {
    expect(
      read("/mot-cua?buoc=dancing&han=never&kenh=fax&giu=me&co-quan=x'--&thu-tuc=%3Cb%3E&nhan-tu=2026-02-31&han-den=tomorrow&q=++"),
    ).toEqual(read('/mot-cua'))
  })

  test('everything within reach has a name of its own, for whoever begins with another list', () => {
    expect(listAddress({ scope: 'all' })).toBe('/mot-cua?pham-vi=all')
    expect(listQuery({ scope: 'all' })).toBe('')
  })
})

const counts: WorkCounts = {
  ...{ all: 100, mine: 11, forMe: 12, forOthers: 13, unassigned: 14, overdue: 15, today: 16, soon: 17, waiting: 18 },
  stages: { submitted: 1, received: 2, processing: 3, signing: 4, supplement: 5, payment: 6, withdrawn: 7, ready: 8 },
}
const every = [...namedLists.whose, ...namedLists.clock, ...namedLists.stage]

describe('lists and their counts', () => {
  test('choosing a list is having it, and at the bare address each shows its count', () => {
    for (const list of every) {
      const chosen = towards(read('/mot-cua'), list)
      expect(isOn(chosen, list), list.key).toBe(true)
      if ('count' in list) {
        expect(countBeside(read('/mot-cua'), list, counts), list.key).toBe(list.count(counts))
        expect(countOf(chosen, counts), list.key).toBe(list.count(counts))
      }
    }
  })

  test('a count stands beside a list only where choosing it shows exactly so many', () => {
    fc.assert(
      fc.property(filters, fc.constantFrom(...every), (filter, list) => {
        const beside = countBeside(filter, list, counts)
        const shown = isOn(filter, list) ? filter : towards(filter, list)
        if (beside !== undefined) expect(countOf(shown, counts)).toBe(beside)
      }),
    )
  })

  test('a step or a time is switched off by choosing it again', () => {
    const [overdue] = namedLists.clock
    expect(
      towards(
        towards(read('/mot-cua?pham-vi=mine'), overdue as (typeof namedLists.clock)[number]),
        overdue as (typeof namedLists.clock)[number],
      ),
    ).toEqual(read('/mot-cua?pham-vi=mine'))
  })
})

describe('columns', () => {
  test('stand as numbered; an officer who chose none, or only what is gone, sees the usual ones', () => {
    expect(
      columnsByPlace(
        new Map([
          ['clock', 1],
          ['applicant', 3],
          ['due', 2],
          ['number', 0],
        ]),
      ),
    ).toEqual(['clock', 'due', 'applicant'])
    expect(columnsOf([])).toEqual(columnsOf(['colour of the folder']))
    expect(columnsOf(['due', 'due', 'clock'])).toEqual(['due', 'clock'])
    expect(columnsOf([...listColumns])).toEqual(listColumns)
  })
})
