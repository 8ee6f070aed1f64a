import type { FieldError } from '../../../kernel/errors.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import type { InternalProcess, ProcessStep } from './process-definition.ts'

/** A process with its arrows in both directions. */
export interface ProcessGraph {
  readonly byCode: ReadonlyMap<string, ProcessStep>
  readonly before: ReadonlyMap<string, readonly string[]>
  /** Codes so that every step stands after those before it; shorter than the process when there is a circle. */
  readonly order: readonly string[]
}

export function graphOf({ steps }: InternalProcess): ProcessGraph {
  const byCode = new Map(steps.map((step) => [step.code, step]))
  const before = new Map<string, string[]>(steps.map(({ code }) => [code, []]))
  for (const { code, next } of steps) for (const to of new Set(next)) before.get(to)?.push(code)
  const waiting = new Map([...before].map(([code, list]) => [code, list.length]))
  const order: string[] = []
  const open = steps.filter(({ code }) => waiting.get(code) === 0).map(({ code }) => code)
  for (let code = open.shift(); code !== undefined; code = open.shift()) {
    order.push(code)
    for (const to of new Set(byCode.get(code)?.next)) {
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0) open.push(to)
    }
  }
  return { byCode, before, order }
}

/** Every step from which `code` can be reached; not itself. */
export function stepsBefore(graph: ProcessGraph, code: string): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (at: string): void => {
    for (const one of graph.before.get(at) ?? []) {
      if (found.has(one)) continue
      found.add(one)
      walk(one)
    }
  }
  walk(code)
  return found
}

/** Every step that comes after `code` on some way; not itself. */
export function stepsAfter(graph: ProcessGraph, code: string): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (at: string): void => {
    for (const one of graph.byCode.get(at)?.next ?? []) {
      if (found.has(one)) continue
      found.add(one)
      walk(one)
    }
  }
  walk(code)
  return found
}

/** When each step begins and ends, in the unit of the time limit, counted from reception; steps in `skipped` take no time. */
export function timesOf(
  process: InternalProcess,
  skipped: ReadonlySet<string> = new Set(),
  extra: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, { begins: number; ends: number }> {
  const graph = graphOf(process)
  const times = new Map<string, { begins: number; ends: number }>()
  for (const code of graph.order) {
    const begins = Math.max(0, ...(graph.before.get(code) ?? []).map((one) => times.get(one)?.ends ?? 0))
    const takes = skipped.has(code) ? 0 : (graph.byCode.get(code)?.allowance ?? 0) + (extra.get(code) ?? 0)
    times.set(code, { begins, ends: rounded(begins + takes) })
  }
  return times
}

/** Sums of quarters and tenths without the dust of binary fractions. */
const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6

/** The time of the longest way through, in the unit of the time limit. */
export const longestPath = (process: InternalProcess): number => Math.max(0, ...[...timesOf(process).values()].map(({ ends }) => ends))

/** Whether an answer to the step's question keeps the step in; a step without a condition always stays. */
export function isAskedFor(step: ProcessStep, answers: Readonly<Record<string, unknown>>): boolean {
  if (!step.when) return true
  const given = step.when.field.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | null)?.[part], answers)
  const values = (Array.isArray(given) ? given : [given]).map((value) => (value === undefined || value === null ? '' : String(value)))
  return values.some((value) => step.when?.is.includes(value))
}

/** The steps that a dossier with these answers passes by. */
export const skippedSteps = ({ steps }: InternalProcess, answers: Readonly<Record<string, unknown>>): ReadonlySet<string> =>
  new Set(steps.filter((step) => !isAskedFor(step, answers)).map(({ code }) => code))

const list = (steps: readonly ProcessStep[]): Text => ({
  vi: steps.map(({ name }) => `"${name.vi}"`).join(', '),
  en: steps.map(({ name }) => `“${name.en}”`).join(', '),
})

/**
 * What is wrong with a process, each at its step; empty when it can be published: every code once, arrows that lead somewhere, one
 * beginning, one end where all branches have come together, no circle but a declared way back, and the longest way within the limit.
 */
export function processMistakes(process: InternalProcess, limit: number): FieldError[] {
  const { steps } = process
  const wrong: FieldError[] = []
  const at = (code: string, part: string, vi: string, en: string): void =>
    void wrong.push({ path: `process.${code}.${part}`, message: { vi, en } })
  const known = new Set(steps.map(({ code }) => code))
  const seen = new Set<string>()
  for (const { code, next, back, name } of steps) {
    if (seen.has(code)) at(code, 'name', `Mã bước "${code}" bị trùng.`, `The step code “${code}” is used twice.`)
    seen.add(code)
    for (const to of next)
      if (!known.has(to)) at(code, 'next', `"${name.vi}" dẫn tới bước không có: ${to}.`, `“${name.en}” leads to no step: ${to}.`)
    if (back !== undefined && !known.has(back))
      at(code, 'back', `"${name.vi}" trả về bước không có: ${back}.`, `“${name.en}” gives back to no step: ${back}.`)
  }
  if (wrong.length > 0) return wrong

  const graph = graphOf(process)
  const circle = steps.filter(({ code }) => !graph.order.includes(code))
  if (circle.length > 0) {
    const { vi, en } = list(circle)
    at(
      circle[0]?.code ?? '',
      'next',
      `Các bước ${vi} quay vòng; muốn trả lại thì chọn "Trả lại bước".`,
      `The steps ${en} go round in a circle; use “gives back to” for that.`,
    )
    return wrong
  }
  const starts = steps.filter(({ code }) => (graph.before.get(code) ?? []).length === 0)
  if (starts.length > 1) {
    const { vi, en } = list(starts)
    at(starts[1]?.code ?? '', 'name', `Quy trình chỉ có một bước đầu, nay có ${vi}.`, `There is one first step; now there are ${en}.`)
  }
  const ends = steps.filter(({ next }) => next.length === 0)
  if (ends.length > 1) {
    const { vi, en } = list(ends)
    at(
      ends[1]?.code ?? '',
      'next',
      `Các nhánh phải gặp lại ở một bước cuối, nay kết thúc ở ${vi}.`,
      `All branches must come together in one last step; now they end in ${en}.`,
    )
  }
  for (const { code, back, name } of steps)
    if (back !== undefined && !stepsBefore(graph, code).has(back))
      at(code, 'back', `"${name.vi}" chỉ trả về được bước đứng trước nó.`, `“${name.en}” can only give back to a step before it.`)
  const total = longestPath(process)
  if (total > limit + 1e-6) {
    const [n, most] = [number(total), number(limit)]
    at(
      graph.order.at(-1) ?? '',
      'allowance',
      `Đường dài nhất mất ${n.vi}, quá thời hạn ${most.vi} của thủ tục.`,
      `The longest way takes ${n.en}, more than the procedure’s ${most.en}.`,
    )
  }
  return wrong
}

const number = (amount: number): Text => ({ vi: String(amount).replace('.', ','), en: String(amount) })
