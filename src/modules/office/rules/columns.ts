/** Columns an officer may put into their work list. The code always stands first. */
export const listColumns = [
  'procedure',
  'applicant',
  'number',
  'stage',
  'holder',
  'agency',
  'clock',
  'due',
  'received',
  'submitted',
  'channel',
] as const
export type ListColumn = (typeof listColumns)[number]

const usual: readonly ListColumn[] = ['procedure', 'applicant', 'stage', 'holder', 'clock', 'channel']

const isColumn = (name: string): name is ListColumn => (listColumns as readonly string[]).includes(name)

/** What an officer sees: what they chose in their order, each once; else the usual ones. */
export function columnsOf(chosen: readonly string[]): readonly ListColumn[] {
  const known = [...new Set(chosen)].filter(isColumn)
  return known.length > 0 ? known : usual
}

/** Columns as chosen in a form: a place each (1 first; empty or 0: not shown). Equal places keep the order of the form. */
export const columnsByPlace = (places: ReadonlyMap<ListColumn, number>): ListColumn[] =>
  listColumns
    .filter((column) => (places.get(column) ?? 0) > 0)
    .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0) || listColumns.indexOf(a) - listColumns.indexOf(b))
