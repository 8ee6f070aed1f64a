import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { buildCalendar, dueAt } from '../../calendar/index.ts'
import { compareProcesses } from './process-compare.ts'
import { type InternalProcess, linearProcess, type ProcessStep, processSchema, rescaledProcess } from './process-definition.ts'
import { graphOf, longestPath, processMistakes, skippedSteps, stepsAfter, stepsBefore, timesOf } from './process-graph.ts'
import { amountDue, dryRun, type Limit } from './process-plan.ts'
import { changeRows, processOfRows, rowsOfProcess, type StepRow } from './process-rows.ts'

const at = (text: string): Temporal.Instant => Temporal.Instant.from(text)
const calendar = buildCalendar({ from: '2026-01-01', to: '2027-12-31', days: [] })
/** For processes of as many months as there are steps. */
const longCalendar = buildCalendar({ from: '2026-01-01', to: '2060-12-31', days: [] })
const step = (code: string, next: string[], more: Partial<ProcessStep> = {}): ProcessStep => ({
  code,
  name: { vi: code, en: code },
  role: 'specialist',
  agency: { kind: 'resolving' },
  allowance: 1,
  next,
  ...more,
})
/** Reception, then the specialist and the fire police side by side, then signature and return. */
const building: InternalProcess = {
  steps: [
    step('nhan', ['tham-dinh', 'pccc'], { role: 'clerk' }),
    step('tham-dinh', ['ky'], { allowance: 5 }),
    step('pccc', ['ky'], { allowance: 7, agency: { kind: 'named', agencyCode: 'H12.17' } }),
    step('ky', ['tra'], { role: 'unit_head', back: 'tham-dinh' }),
    step('tra', [], { role: 'clerk', allowance: 0.5 }),
  ],
}

const paths = (process: InternalProcess): { path: string; message: string }[] =>
  processMistakes(process, 10).map(({ path, message }) => ({ path, message: message.vi }))

describe('what a process must be', () => {
  test('one with a parallel branch that joins again can be published', () => {
    expect(processMistakes(building, 10)).toEqual([])
    expect(longestPath(building)).toBe(9.5)
  })

  test('the longest way may not take longer than the law gives', () => {
    expect(processMistakes(building, 9)[0]?.message.vi).toBe('Đường dài nhất mất 9,5, quá thời hạn 9 của thủ tục.')
  })

  test('a circle is refused, a way back is declared', () => {
    const round = { steps: [step('a', ['b']), step('b', ['c']), step('c', ['b', 'd']), step('d', [])] }
    expect(paths(round)[0]?.message).toContain('quay vòng')
    expect(paths({ steps: [step('a', ['b']), step('b', [], { back: 'a' })] })).toEqual([])
    expect(paths({ steps: [step('a', ['b'], { back: 'b' }), step('b', [])] })[0]?.path).toBe('process.a.back')
  })

  test('two beginnings, two ends and arrows into nothing are named at their step', () => {
    expect(paths({ steps: [step('a', ['c']), step('b', ['c']), step('c', [])] })[0]).toMatchObject({ path: 'process.b.name' })
    expect(paths({ steps: [step('a', ['b', 'c']), step('b', []), step('c', [])] })[0]?.message).toContain('Các nhánh phải gặp lại')
    expect(paths({ steps: [step('a', ['x'])] })[0]).toMatchObject({ path: 'process.a.next' })
    expect(paths({ steps: [step('a', []), step('a', [])] })[0]?.message).toContain('trùng')
  })

  test('a step may hang on an answer; who answers otherwise passes it by', () => {
    const process = {
      steps: [
        ...building.steps.slice(0, 2),
        step('pccc', ['ky'], { when: { field: 'cong-trinh.loai', is: ['nha-xuong'] } }),
        ...building.steps.slice(3),
      ],
    }
    expect([...skippedSteps(process, { 'cong-trinh': { loai: 'nha-o' } })]).toEqual(['pccc'])
    expect([...skippedSteps(process, { 'cong-trinh': { loai: ['nha-o', 'nha-xuong'] } })]).toEqual([])
    expect([...skippedSteps(process, {})]).toEqual(['pccc'])
  })
})

describe('a dry run', () => {
  test('a linear list of steps ends exactly when the dossier is due', () => {
    const linear = linearProcess(
      ['nhan', 'xu-ly', 'ky', 'tra'].map((code, n) => ({
        code,
        name: { vi: code, en: code },
        role: n % 3 === 0 ? 'clerk' : 'specialist',
        allowance: [0.5, 1.5, 0.5, 0.5][n] ?? 0,
      })),
    )
    const received = at('2026-11-20T16:30:00+07:00')
    const run = dryRun(linear, received, { amount: 3, unit: 'working_day' }, calendar)
    expect(run.due).toEqual(dueAt(received, { limit: 3, unit: 'working_day' }, calendar).due)
    expect(run.steps.map(({ dueAt: due }) => due.toZonedDateTimeISO('Asia/Ho_Chi_Minh').toPlainDateTime().toString())).toEqual([
      '2026-11-23T11:30:00',
      '2026-11-24T17:30:00',
      '2026-11-25T11:30:00',
      '2026-11-25T17:30:00',
    ])
    expect(run.late).toBe(false)
  })

  test('branches begin together, the join waits for the longer one', () => {
    const run = dryRun(building, at('2026-11-20T09:00:00+07:00'), { amount: 10, unit: 'working_day' }, calendar)
    const by = new Map(run.steps.map((one) => [one.step.code, one]))
    expect(by.get('pccc')?.startsAt).toEqual(by.get('tham-dinh')?.startsAt)
    expect(by.get('ky')?.startsAt).toEqual(by.get('pccc')?.dueAt)
    expect(run.total).toBe(9.5)
  })

  test('a step that takes longer than it may shows what would be late', () => {
    const run = dryRun(building, at('2026-11-20T09:00:00+07:00'), { amount: 10, unit: 'working_day' }, calendar, {
      extra: new Map([['pccc', 2]]),
    })
    expect(run.steps.filter(({ late }) => late).map(({ step: { code } }) => code)).toEqual(['ky', 'tra'])
  })

  test('half a working day is four hours, however it is shared out', () => {
    const received = at('2026-11-23T13:30:00+07:00')
    expect(amountDue(received, 0.25, { amount: 0.5, unit: 'working_day' }, calendar)).toEqual(at('2026-11-23T15:30:00+07:00'))
    expect(amountDue(received, 0.5, { amount: 0.5, unit: 'working_day' }, calendar)).toEqual(at('2026-11-23T17:30:00+07:00'))
  })
})

/** Processes with random branches: rows with random letters, the first and the last one alone. */
const arbitraryRows = fc
  .array(
    fc.record({
      branch: fc.constantFrom('' as const, 'A' as const, 'B' as const, 'C' as const),
      quarters: fc.integer({ min: 0, max: 12 }),
    }),
    { maxLength: 9 },
  )
  .map((middle): StepRow[] =>
    [{ branch: '' as const, quarters: 1 }, ...middle, { branch: '' as const, quarters: 2 }].map(({ branch, quarters }, n) => {
      const { next: _next, ...rest } = step(`s-${n}`, [], { allowance: quarters / 4 })
      return { ...rest, branch }
    }),
  )
const arbitraryLimit = fc.record({
  unit: fc.constantFrom('hour' as const, 'day' as const, 'working_day' as const, 'month' as const),
  more: fc.integer({ min: 0, max: 3 }),
})
const arbitraryReception = fc.integer({ min: 0, max: 250 * 24 * 60 }).map((minutes) => at('2026-01-05T00:00:00+07:00').add({ minutes }))

describe('every process made of rows', () => {
  test('joins all its branches and goes in no circle', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const process = processOfRows(rows)
        expect(processMistakes(process, 1000)).toEqual([])
        const graph = graphOf(process)
        const [first, last] = [rows[0]?.code ?? '', rows.at(-1)?.code ?? '']
        for (const { code } of rows) {
          if (code !== last) expect(stepsAfter(graph, code)).toContain(last)
          if (code !== first) expect(stepsBefore(graph, code)).toContain(first)
        }
      }),
    )
  })

  test('is shown again as rows that mean the same', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const process = processOfRows(rows)
        const again = rowsOfProcess(process)
        expect(again).toBeDefined()
        expect(longestPath(processOfRows(again ?? []))).toBeCloseTo(longestPath(process), 9)
      }),
    )
  })

  test('takes in a dry run as long as its longest way, and is never late within the limit', () => {
    fc.assert(
      fc.property(arbitraryRows, arbitraryLimit, arbitraryReception, (rows, { unit, more }, received) => {
        const process = processOfRows(rows)
        const total = longestPath(process)
        const limit: Limit = { amount: Math.ceil(total) + more, unit }
        const run = dryRun(process, received, limit, longCalendar)
        expect(run.total).toBeCloseTo(total, 6)
        expect(run.total).toBeLessThanOrEqual(limit.amount)
        expect(run.late).toBe(false)
        for (const one of run.steps) expect(one.dueAt.epochMilliseconds).toBeGreaterThanOrEqual(one.startsAt.epochMilliseconds)
      }),
      { numRuns: 60 },
    )
  })

  test('times never go back along an arrow', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const process = processOfRows(rows)
        const times = timesOf(process)
        for (const { code, next } of process.steps)
          for (const to of next) expect(times.get(to)?.begins).toBeGreaterThanOrEqual(times.get(code)?.ends ?? 0)
      }),
    )
  })
})

describe('changing the rows', () => {
  const rows = processOfRows as (rows: readonly StepRow[]) => InternalProcess
  const two = rowsOfProcess({ steps: [step('a', ['b']), step('b', ['c']), step('c', [])] }) ?? []

  test('a branch begins beside a step and joins after it', () => {
    const changed = changeRows(two, { kind: 'branch', at: 1 })
    expect(changed.map(({ branch }) => branch)).toEqual(['', 'A', 'B', ''])
    expect(rows(changed).steps[0]?.next).toEqual(['b', 'buoc-4'])
  })

  test('a removed step is nobody’s way back any more', () => {
    const withBack = two.map((row) => (row.code === 'c' ? { ...row, back: 'b' } : row))
    expect(changeRows(withBack, { kind: 'remove', at: 1 }).at(-1)?.back).toBeUndefined()
  })

  test('steps move up and down, never out of the list', () => {
    expect(changeRows(two, { kind: 'up', at: 1 }).map(({ code }) => code)).toEqual(['b', 'a', 'c'])
    expect(changeRows(two, { kind: 'down', at: 2 })).toEqual(two)
  })

  test('branches inside branches are not shown as rows', () => {
    const nested = {
      steps: [step('a', ['b', 'c']), step('b', ['d', 'e']), step('c', ['f']), step('d', ['f']), step('e', ['f']), step('f', [])],
    }
    expect(processMistakes(nested, 10)).toEqual([])
    expect(rowsOfProcess(nested)).toBeUndefined()
  })
})

test('two versions are compared step by step', () => {
  const after = {
    steps: [...building.steps.slice(0, 4).map((one) => (one.code === 'pccc' ? { ...one, allowance: 6 } : one)), step('gui', [])],
  }
  expect(compareProcesses(building, after).map(({ code, kind, parts }) => [code, kind, parts.join()])).toEqual([
    ['nhan', 'same', ''],
    ['tham-dinh', 'same', ''],
    ['pccc', 'changed', 'allowance'],
    ['ky', 'same', ''],
    ['gui', 'added', ''],
    ['tra', 'removed', ''],
  ])
})

test('a process read from a file is complete, and keeps its shape when the limit changes', () => {
  const read = processSchema.parse({
    steps: [
      { code: 'a', name: 'Một', role: 'clerk', allowance: 1, next: ['b'] },
      { code: 'b', name: 'Hai', role: 'leader', allowance: 2 },
    ],
  })
  expect(read.steps[1]).toMatchObject({ agency: { kind: 'resolving' }, next: [] })
  expect(longestPath(rescaledProcess(read, 3, 1))).toBeLessThanOrEqual(1)
})
