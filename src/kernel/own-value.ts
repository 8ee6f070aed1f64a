/** The value under a name that came from an address: only the record's own names count, never `constructor` and its like. */
export const ownValue = <T>(record: Readonly<Record<string, T>>, name: string | undefined): T | undefined =>
  name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
