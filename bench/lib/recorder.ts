import pg from 'pg'

/** One statement as it was sent. */
export interface Sent {
  readonly text: string
  readonly name?: string
  readonly values?: readonly unknown[]
}

type Query = (this: pg.Client, ...args: unknown[]) => unknown

/** Everything that is sent to PostgreSQL by this process while `work` runs. */
export async function recordStatements(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = []
  const original = pg.Client.prototype.query as unknown as Query
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first, second] = args
    if (typeof first === 'string') sent.push({ text: first, ...(Array.isArray(second) ? { values: second } : {}) })
    else if (first && typeof first === 'object' && 'text' in first) {
      const { text, name, values } = first as Sent
      sent.push({ text, ...(name ? { name } : {}), ...(values ? { values } : {}) })
    }
    return original.apply(this, args)
  } as unknown as typeof pg.Client.prototype.query
  try {
    await work()
  } finally {
    pg.Client.prototype.query = original as unknown as typeof pg.Client.prototype.query
  }
  return sent
}

/** The same statements with every mention of some values replaced: ids that must be new each time. */
export function withNew(statements: readonly Sent[], replacements: ReadonlyMap<string, string>): Sent[] {
  const swap = (value: unknown): unknown => {
    if (typeof value !== 'string') return value
    let text = value
    for (const [old, fresh] of replacements) text = text.replaceAll(old, fresh)
    return text
  }
  return statements.map((one) => ({ ...one, ...(one.values ? { values: one.values.map(swap) } : {}) }))
}
