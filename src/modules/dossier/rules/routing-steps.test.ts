import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { InternalProcess, ProcessStep } from '../../catalogue/index.ts'
import {
  changedSteps,
  finishStep,
  followLife,
  type HeldStep,
  moveSteps,
  openSteps,
  othersBeforeSigning,
  planSteps,
  type StepClock,
  type StepScene,
  stepsFrom,
} from './routing-steps.ts'

const OFFICE = 'H12.15'
const POLICE = 'H12.17'
const hour = (n: number): string => new Date(Date.UTC(2026, 10, 2, n)).toISOString()
const clockAt = (n: number, due = 100): StepClock => ({ at: hour(n), due: hour(due), ownDue: (allowance) => hour(n + allowance) })
const step = (code: string, role: ProcessStep['role'], next: string[], more: Partial<ProcessStep> = {}): ProcessStep => ({
  code,
  name: { vi: code, en: code },
  role,
  agency: { kind: role === 'clerk' ? 'reception' : 'resolving' },
  allowance: 10,
  next,
  ...more,
})
const linear: InternalProcess = {
  steps: [
    step('nhan', 'clerk', ['xu-ly']),
    step('xu-ly', 'specialist', ['ky']),
    step('ky', 'unit_head', ['tra']),
    step('tra', 'clerk', []),
  ],
}
const branched: InternalProcess = {
  steps: [
    step('nhan', 'clerk', ['xu-ly', 'pccc']),
    step('xu-ly', 'specialist', ['ky']),
    step('pccc', 'specialist', ['ky'], { agency: { kind: 'named', agencyCode: POLICE }, allowance: 30 }),
    step('ky', 'unit_head', ['tra'], { back: 'xu-ly' }),
    step('tra', 'clerk', []),
  ],
}
const places = { resolving: OFFICE, reception: OFFICE, child: (part: string) => `${OFFICE}.${part}` }
const plan = (process: InternalProcess, skipped: string[] = []): readonly HeldStep[] =>
  planSteps(process, places, new Set(skipped), clockAt(0), hour)
const scene = (n: number, name = 'Lộc'): StepScene => ({
  agencies: [OFFICE],
  clock: clockAt(n),
  by: { id: name, name },
  assignee: { id: 'loc', name: 'Lộc' },
})
const assign = { type: 'dossier.assigned', data: { assigneeId: 'loc', assigneeName: 'Lộc' } }
const on = (type: string, data: Record<string, unknown> = {}) => ({ type: `dossier.${type}`, data })
const openCodes = (rows: readonly HeldStep[]): string[] => openSteps(rows).map(({ code }) => code)

describe('the steps of a dossier follow its life', () => {
  test('at reception the counter has it, and every step knows when it is due', () => {
    const rows = plan(linear)
    expect(openCodes(rows)).toEqual(['nhan'])
    expect(rows.map(({ plannedDueAt }) => plannedDueAt)).toEqual([hour(10), hour(20), hour(30), hour(40)])
  })

  test('assigned, signed, issued and returned: each hands it on, and who had it from when to when is kept', () => {
    let rows = plan(linear)
    rows = followLife(rows, assign, scene(1, 'Diễm'))
    expect(openSteps(rows)[0]).toMatchObject({ code: 'xu-ly', holderName: 'Lộc', startedAt: hour(1), dueAt: hour(20) })
    rows = followLife(rows, on('submitted-for-signature'), scene(5))
    rows = followLife(rows, on('issued'), scene(7, 'Thuận'))
    expect(openCodes(rows)).toEqual(['tra'])
    rows = followLife(rows, on('returned'), scene(9, 'Diễm'))
    expect(rows.map(({ code, holderName, startedAt, finishedAt, outcome }) => [code, holderName, startedAt, finishedAt, outcome])).toEqual([
      ['nhan', 'Diễm', hour(0), hour(1), 'finished'],
      ['xu-ly', 'Lộc', hour(1), hour(5), 'finished'],
      ['ky', 'Thuận', hour(5), hour(7), 'finished'],
      ['tra', 'Diễm', hour(7), hour(9), 'finished'],
    ])
  })

  test('whoever gets it late has their own time, but never past the dossier’s due time', () => {
    const late = followLife(plan(linear), assign, scene(15))
    expect(openSteps(late)[0]?.dueAt).toBe(hour(25))
    const veryLate = followLife(plan(linear), assign, { ...scene(95), clock: clockAt(95) })
    expect(openSteps(veryLate)[0]?.dueAt).toBe(hour(100))
  })

  test('moved to another specialist, the step is the same and its time goes on', () => {
    let rows = followLife(plan(linear), assign, scene(1))
    rows = followLife(rows, { type: 'dossier.assigned', data: { assigneeId: 'nhung', assigneeName: 'Nhung' } }, scene(4))
    expect(rows.find(({ number }) => number === 2)).toMatchObject({ outcome: 'handed-over', holderName: 'Lộc', finishedAt: hour(4) })
    expect(openSteps(rows)[0]).toMatchObject({ code: 'xu-ly', number: 5, holderName: 'Nhung', startedAt: hour(4), dueAt: hour(20) })
  })

  test('given back by the head, the step is done a second time, by the same person', () => {
    let rows = followLife(followLife(plan(linear), assign, scene(1)), on('submitted-for-signature'), scene(3))
    rows = followLife(rows, on('sent-back'), scene(4, 'Thuận'))
    expect(rows.find(({ code, round }) => code === 'ky' && round === 1)).toMatchObject({ outcome: 'sent-back', holderName: 'Thuận' })
    expect(openSteps(rows)[0]).toMatchObject({ code: 'xu-ly', round: 2, holderName: 'Lộc', startedAt: hour(4) })
    rows = followLife(followLife(rows, on('submitted-for-signature'), scene(6)), on('issued'), scene(8))
    expect(openCodes(rows)).toEqual(['tra'])
    // Whoever takes the result back never held it at the counter.
    rows = followLife(rows, on('recalled'), scene(9, 'Thuận'))
    expect(rows.find(({ code, round }) => code === 'tra' && round === 1)).toMatchObject({ outcome: 'sent-back', holderName: null })
  })

  test('withdrawn and taken up again: what was open is open again', () => {
    const before = followLife(plan(linear), assign, scene(1))
    const gone = followLife(before, on('withdrawn'), scene(2))
    expect(openCodes(gone)).toEqual([])
    expect(openCodes(followLife(gone, on('resumed'), scene(3)))).toEqual(['xu-ly'])
  })

  test('moved to another agency, its steps move along and nobody holds them yet', () => {
    const rows = followLife(
      followLife(plan(linear), assign, scene(1)),
      on('transferred', { fromAgencyCode: OFFICE, agencyCode: 'H12.16' }),
      scene(2),
    )
    expect(openSteps(rows)[0]).toMatchObject({ code: 'xu-ly', agencyCode: 'H12.16', holderId: null })
    expect(rows.filter(({ state }) => state === 'waiting').every(({ agencyCode }) => agencyCode === 'H12.16')).toBe(true)
  })
})

describe('parallel branches', () => {
  test('begin together; the head’s turn comes when both are done', () => {
    let rows = followLife(plan(branched), assign, scene(1))
    expect(openCodes(rows)).toEqual(['xu-ly', 'pccc'])
    expect(othersBeforeSigning(rows, [OFFICE]).map(({ code }) => code)).toEqual(['pccc'])
    rows = followLife(rows, on('submitted-for-signature'), scene(2))
    expect(openCodes(rows)).toEqual(['pccc'])
    rows = finishStep(rows, rows.find(({ code }) => code === 'pccc')?.number ?? 0, clockAt(8), { id: 'p', name: 'Phong' }, 'Đạt')
    expect(openCodes(rows)).toEqual(['ky'])
    expect(rows.find(({ code }) => code === 'pccc')).toMatchObject({ holderName: 'Phong', note: 'Đạt' })
    expect(othersBeforeSigning(rows, [OFFICE])).toEqual([])
  })

  test('a step that the answers pass by keeps nobody waiting', () => {
    const rows = followLife(followLife(plan(branched, ['pccc']), assign, scene(1)), on('submitted-for-signature'), scene(2))
    expect(openCodes(rows)).toEqual(['ky'])
  })

  test('what another agency has done is not asked for again when the head gives work back', () => {
    let rows = followLife(plan(branched), assign, scene(1))
    rows = finishStep(rows, rows.find(({ code }) => code === 'pccc')?.number ?? 0, clockAt(2))
    rows = followLife(followLife(rows, on('submitted-for-signature'), scene(3)), on('sent-back'), scene(4))
    expect(openCodes(rows)).toEqual(['xu-ly'])
    expect(rows.filter(({ code }) => code === 'pccc')).toHaveLength(1)
  })
})

test('when the due time of the dossier moves, steps that are over stay', () => {
  const rows = followLife(plan(linear), assign, scene(1))
  const moved = moveSteps(rows, (due) => new Date(Date.parse(due) + 3_600_000).toISOString())
  expect(moved[0]).toEqual(rows[0])
  expect(openSteps(moved)[0]?.dueAt).toBe(hour(21))
})

test('whatever happens, the rows that the events keep lead to the same steps, and at most one row of a step is open', () => {
  const kinds = [
    'assigned',
    'submitted-for-signature',
    'sent-back',
    'issued',
    'withdrawn',
    'resumed',
    'finish',
    'returned',
    'recalled',
  ] as const
  fc.assert(
    fc.property(fc.constantFrom(linear, branched), fc.array(fc.constantFrom(...kinds), { maxLength: 14 }), (process, acts) => {
      let rows = plan(process)
      const log = [{ data: { steps: rows } }]
      acts.forEach((act, n) => {
        const before = rows
        const [first] = openSteps(rows)
        rows =
          act === 'finish'
            ? finishStep(rows, first?.number ?? 0, clockAt(n))
            : followLife(rows, act === 'assigned' ? assign : on(act), scene(n))
        log.push({ data: { steps: changedSteps(before, rows) } })
      })
      expect(stepsFrom(log)).toEqual([...rows].sort((a, b) => a.number - b.number))
      const codes = openCodes(rows)
      expect(new Set(codes).size).toBe(codes.length)
      for (const row of rows) {
        if (row.state === 'done') expect(row.finishedAt).not.toBeNull()
        if (row.state === 'open') expect(row.dueAt).not.toBeNull()
      }
    }),
  )
})
