import type { Day } from '../../../kernel/clock.ts'

/**
 * A place picked from the unit lists. (`commune`, `validFrom`) names the unit: a bare code can be another place later.
 * `label` is the full sentence as it read on the day it was picked, so a summary needs no lookup and never changes.
 */
export interface AddressAnswer {
  readonly province: string
  readonly commune: string
  readonly validFrom?: Day | undefined
  readonly line: string
  readonly label?: string | undefined
}

/** An uploaded file, by content: the kernel's file store keeps the bytes. */
export interface FileAnswer {
  readonly sha256: string
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly type: string
}

export type SimpleAnswer = string | number | boolean | readonly string[] | AddressAnswer | readonly FileAnswer[]
export type GroupItem = Readonly<Record<string, SimpleAnswer | undefined>>
export type Answer = SimpleAnswer | readonly GroupItem[]
/** Answers of one form by field id. A missing key means: not answered yet. */
export type Answers = Readonly<Record<string, Answer | undefined>>

/** Nothing said: absent, blank, an empty list, or an address without a single part. `false` is an answer. */
export function isEmpty(value: Answer | undefined | null): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') {
    const { province, commune, line } = value as AddressAnswer
    return !province && !commune && !line?.trim()
  }
  return false
}

export const isAddress = (value: Answer | undefined): value is AddressAnswer =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'commune' in value
