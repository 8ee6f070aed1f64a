import { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { serviceLevels, tiers } from '../rules/procedure.ts'
import { queryWords } from '../rules/search-text.ts'
import { type Found, type ProcedureLine, searchVersions, suggestVersions } from '../store.ts'

const blank = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const code = z.string().max(80)

/** The parts of the list's address; unknown choices are ignored, so that an old link still shows something. */
export const searchInput = z.object({
  q: z.string().max(400).catch('').default(''),
  field: blank(code).catch(undefined),
  tier: blank(z.enum(tiers)).catch(undefined),
  lifeEvent: blank(code).catch(undefined),
  serviceLevel: blank(z.enum(serviceLevels)).catch(undefined),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
})
export type SearchInput = z.output<typeof searchInput>

export interface FoundProcedures extends Found {
  /** Nothing had the words themselves; these have words that are alike. */
  readonly alike: boolean
  readonly pageSize: number
}

export const PAGE_SIZE = 20

/** The list of procedures in force on a day. One statement; a second one only when the words as typed find nothing. */
export async function findProcedures(tx: Tx, input: SearchInput, on: Day, pageSize = PAGE_SIZE): Promise<FoundProcedures> {
  const { q, page, ...filters } = input
  const words = queryWords(q)
  const search = { ...filters, words, on, limit: pageSize, offset: (page - 1) * pageSize }
  const exact = await searchVersions(tx, { ...search, alike: false })
  if (exact.total > 0 || words.length === 0) return { ...exact, alike: false, pageSize }
  return { ...(await searchVersions(tx, { ...search, alike: true })), alike: true, pageSize }
}

/** The nearest few procedures for words half typed. */
export async function suggestProcedures(tx: Tx, q: string, on: Day, limit = 8): Promise<ProcedureLine[]> {
  const words = queryWords(q.slice(0, 400))
  if (words.length === 0) return []
  const exact = await suggestVersions(tx, { words, on, limit, alike: false })
  return exact.length > 0 ? exact : suggestVersions(tx, { words, on, limit, alike: true })
}
