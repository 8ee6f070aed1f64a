import { fold } from '../../../kernel/text.ts'
import type { VersionBody } from './procedure.ts'

/**
 * What a version is found by: code, both names, field, folk words and life events, folded. The name comes first, so that
 * a match at the beginning of the name can be told by its place.
 */
export function searchText(
  code: string,
  body: Pick<VersionBody, 'name' | 'keywords'>,
  fieldName: string,
  lifeEventNames: readonly string[],
): string {
  return [...new Set([body.name.vi, fieldName, ...body.keywords, ...lifeEventNames, body.name.en, code].map(fold).filter(Boolean))].join(
    ' | ',
  )
}

/** What a misspelt query is compared with: short, since every letter costs on every version. */
export const alikeText = (body: Pick<VersionBody, 'name' | 'keywords'>, fieldName: string): string =>
  [...new Set([body.name.vi, fieldName, ...body.keywords].map(fold).filter(Boolean))].join(' | ')

/** The words of a query, each at least one character; at most twelve, so that a pasted page does not become a query. */
export const queryWords = (query: string): string[] => fold(query).split(' ').filter(Boolean).slice(0, 12)
