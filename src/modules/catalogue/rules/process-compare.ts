import type { Text } from '../../../kernel/i18n/index.ts'
import { canonical } from './difference.ts'
import type { InternalProcess, ProcessStep } from './process-definition.ts'

/** One step in two versions: what it was and what it is; absent on the side where it does not exist. */
export interface StepChange {
  readonly code: string
  readonly kind: 'added' | 'removed' | 'changed' | 'same'
  readonly before?: ProcessStep
  readonly after?: ProcessStep
  /** Which of its parts differ. */
  readonly parts: readonly (keyof ProcessStep)[]
}

const parts = ['name', 'role', 'agency', 'allowance', 'next', 'back', 'when'] as const

export const partNames: Readonly<Record<(typeof parts)[number], Text>> = {
  name: { vi: 'tên', en: 'name' },
  role: { vi: 'vai trò', en: 'role' },
  agency: { vi: 'nơi làm', en: 'place' },
  allowance: { vi: 'thời gian', en: 'time' },
  next: { vi: 'bước tiếp theo', en: 'next steps' },
  back: { vi: 'trả lại bước', en: 'gives back to' },
  when: { vi: 'điều kiện', en: 'condition' },
}

/** Two processes step by step, in the order of the later one; steps that are gone come last. */
export function compareProcesses(before: InternalProcess | undefined, after: InternalProcess): readonly StepChange[] {
  const old = new Map((before?.steps ?? []).map((step) => [step.code, step]))
  const kept = after.steps.map((step): StepChange => {
    const was = old.get(step.code)
    if (!was) return { code: step.code, kind: 'added', after: step, parts: [] }
    const differ = parts.filter((part) => canonical(was[part]) !== canonical(step[part]))
    return { code: step.code, kind: differ.length > 0 ? 'changed' : 'same', before: was, after: step, parts: differ }
  })
  const now = new Set(after.steps.map(({ code }) => code))
  const gone = (before?.steps ?? []).filter(({ code }) => !now.has(code))
  return [...kept, ...gone.map((step): StepChange => ({ code: step.code, kind: 'removed', before: step, parts: [] }))]
}
