import type { InternalProcess, ProcessStep, StepRole } from './process-definition.ts'
import { graphOf } from './process-graph.ts'

/** A branch of steps that are worked on beside other branches; empty: the step stands alone. */
export const branchNames = ['A', 'B', 'C', 'D'] as const
export type Branch = '' | (typeof branchNames)[number]

/** A step as the edit page shows it: one row under the other, side by side where neighbours are in different branches. */
export interface StepRow extends Omit<ProcessStep, 'next'> {
  readonly branch: Branch
}

/** Runs of rows: single ones, and blocks of branches between them. */
function blocks(rows: readonly StepRow[]): StepRow[][] {
  const out: StepRow[][] = []
  for (const row of rows) {
    const last = out.at(-1)
    if (row.branch !== '' && last?.[0]?.branch) last.push(row)
    else out.push([row])
  }
  return out
}

/** The branches of a block, each in its order. */
const branchesOf = (block: readonly StepRow[]): StepRow[][] =>
  [...new Set(block.map(({ branch }) => branch))].sort().map((name) => block.filter(({ branch }) => branch === name))

/** The process that rows mean: alone one after the other; branches begin together and come together in the row after them. */
export function processOfRows(rows: readonly StepRow[], rest: Omit<InternalProcess, 'steps'> = {}): InternalProcess {
  const parts = blocks(rows).map(branchesOf)
  const next = new Map<string, string[]>()
  parts.forEach((branches, at) => {
    const heads = (parts[at + 1] ?? []).flatMap((branch) => branch[0]?.code ?? [])
    for (const branch of branches)
      branch.forEach((row, place) => void next.set(row.code, branch[place + 1] ? [branch[place + 1]?.code as string] : heads))
  })
  return { ...rest, steps: rows.map(({ branch: _branch, ...step }) => ({ ...step, next: next.get(step.code) ?? [] })) }
}

const sameLinks = (a: InternalProcess, b: InternalProcess): boolean =>
  a.steps.every(({ code, next }) => {
    const other = b.steps.find((step) => step.code === code)
    return [...next].sort().join() === [...(other?.next ?? [])].sort().join()
  })

/** The rows of a process; undefined when it has branches inside branches, which rows cannot show. */
export function rowsOfProcess(process: InternalProcess): readonly StepRow[] | undefined {
  const graph = graphOf(process)
  if (graph.order.length !== process.steps.length) return undefined
  const rows: StepRow[] = []
  const put = (code: string, branch: Branch): void => {
    const step = graph.byCode.get(code)
    if (!step) return
    const { next: _next, ...rest } = step
    rows.push({ ...rest, branch })
  }
  const isJoin = (code: string): boolean => (graph.before.get(code) ?? []).length > 1
  let at: string | undefined = graph.order[0]
  while (at !== undefined) {
    put(at, '')
    const next: readonly string[] = graph.byCode.get(at)?.next ?? []
    if (next.length <= 1) {
      at = next[0]
      continue
    }
    if (next.length > branchNames.length) return undefined
    let join: string | undefined
    for (const [n, head] of next.entries()) {
      for (let one: string | undefined = head; one !== undefined; ) {
        if (isJoin(one)) {
          join = one
          break
        }
        put(one, branchNames[n] as Branch)
        const after: readonly string[] = graph.byCode.get(one)?.next ?? []
        if (after.length > 1) return undefined
        one = after[0]
      }
    }
    at = join
  }
  if (rows.length !== process.steps.length) return undefined
  return sameLinks(process, processOfRows(rows)) ? rows : undefined
}

/** A code that no row has yet. */
export function freshCode(rows: readonly { readonly code: string }[]): string {
  const used = new Set(rows.map(({ code }) => code))
  let n = rows.length + 1
  while (used.has(`buoc-${n}`)) n += 1
  return `buoc-${n}`
}

/** What the buttons of the edit page do to the rows. `at` is a place in the list, from 0. */
export type RowChange =
  | { readonly kind: 'add'; readonly at: number }
  | { readonly kind: 'remove'; readonly at: number }
  | { readonly kind: 'up'; readonly at: number }
  | { readonly kind: 'down'; readonly at: number }
  | { readonly kind: 'branch'; readonly at: number }

const blank = (rows: readonly StepRow[], role: StepRole, branch: Branch): StepRow => ({
  code: freshCode(rows),
  name: { vi: '', en: '' },
  role,
  agency: { kind: 'resolving' },
  allowance: 0,
  branch,
})

export function changeRows(rows: readonly StepRow[], change: RowChange): readonly StepRow[] {
  const list = [...rows]
  const { at } = change
  const row = list[at]
  if (!row) return change.kind === 'add' ? [...list, blank(list, 'specialist', '')] : list
  switch (change.kind) {
    case 'add':
      list.splice(at + 1, 0, blank(list, 'specialist', row.branch))
      return list
    case 'branch': {
      // Beside this step: it becomes branch A when it stood alone, the new one takes the next free letter of the block.
      const own: Branch = row.branch === '' ? 'A' : row.branch
      list[at] = { ...row, branch: own }
      let end = at
      while (list[end + 1] && list[end + 1]?.branch !== '') end += 1
      let begin = at
      while (list[begin - 1] && list[begin - 1]?.branch !== '') begin -= 1
      const used = new Set(list.slice(begin, end + 1).map(({ branch }) => branch))
      const free = branchNames.find((name) => !used.has(name)) ?? 'D'
      list.splice(end + 1, 0, blank(list, 'specialist', free))
      return list
    }
    case 'remove':
      return list.filter((_, place) => place !== at).map((one) => (one.back === row.code ? { ...one, back: undefined } : one))
    default: {
      const to = change.kind === 'up' ? at - 1 : at + 1
      const other = list[to]
      if (!other) return list
      list[at] = other
      list[to] = row
      return list
    }
  }
}
