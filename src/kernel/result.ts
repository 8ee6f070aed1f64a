import type { Refusal } from './errors.ts'

/** What a command returns: the view it promised, or a refusal that a person can act on. Only bugs throw. */
export type Result<T, E = Refusal> = { ok: true; value: T } | { ok: false; error: E }

export const ok = <T>(value: T): { ok: true; value: T } => ({ ok: true, value })

export const refuse = <E = Refusal>(error: E): { ok: false; error: E } => ({ ok: false, error })
