type Fields = Readonly<Record<string, string>>

/** A date has three fields and is one answer. */
const groupOf = (name: string): string => name.replace(/-(day|month|year)$/, '')

/**
 * A form that was overtaken: answers its sender left as they were shown follow what was written meanwhile, those they changed stay as typed.
 * `shown`: what stood in the fields that others wrote about; a field that is not named was written by nobody else.
 */
export function mergeFields(typed: Fields, shown: Fields, written: Fields): Record<string, string> {
  const merged: Record<string, string> = { ...typed }
  const names = [...new Set([...Object.keys(shown), ...Object.keys(written)])]
  const about = new Set(Object.keys(shown).map(groupOf))
  for (const group of about) {
    const fields = names.filter((name) => groupOf(name) === group)
    if (fields.some((name) => (typed[name] ?? '') !== (shown[name] ?? ''))) continue
    for (const name of fields) {
      if (written[name] === undefined) delete merged[name]
      else merged[name] = written[name]
    }
  }
  return merged
}

/** The same for what is chosen: what the sender added and took away is added to and taken from what was written meanwhile. */
export function mergeChoice(chosen: ReadonlySet<string>, shown: ReadonlySet<string>, written: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...written].filter((one) => chosen.has(one) || !shown.has(one))
  return new Set([...kept, ...[...chosen].filter((one) => !shown.has(one))])
}
