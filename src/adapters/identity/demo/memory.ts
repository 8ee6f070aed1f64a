import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider'

interface Kept {
  payload: AdapterPayload
  until: number
}

const LIMIT = 5000

/** What the stand-in remembers while a sign-in is under way, in memory: a restart only means signing in again. */
export function createMemory(now: () => number = Date.now): AdapterFactory {
  const kept = new Map<string, Kept>()

  const sweep = (): void => {
    if (kept.size < LIMIT) return
    for (const [key, { until }] of kept) if (until <= now()) kept.delete(key)
    // Still full: the oldest go, so that nobody can fill the memory with sign-ins never finished.
    for (const key of kept.keys()) {
      if (kept.size < LIMIT) break
      kept.delete(key)
    }
  }

  return (model: string): Adapter => {
    const keyOf = (id: string): string => `${model}:${id}`
    const read = (key: string): AdapterPayload | undefined => {
      const found = kept.get(key)
      return found && found.until > now() ? found.payload : undefined
    }
    const search = (match: (payload: AdapterPayload) => boolean): AdapterPayload | undefined => {
      for (const key of kept.keys()) {
        const payload = key.startsWith(`${model}:`) ? read(key) : undefined
        if (payload && match(payload)) return payload
      }
      return undefined
    }
    return {
      async upsert(id, payload, expiresIn) {
        sweep()
        kept.set(keyOf(id), { payload, until: expiresIn ? now() + expiresIn * 1000 : Number.POSITIVE_INFINITY })
      },
      find: async (id) => read(keyOf(id)),
      findByUid: async (uid) => search((payload) => payload.uid === uid),
      findByUserCode: async (code) => search((payload) => payload.userCode === code),
      async consume(id) {
        const payload = read(keyOf(id))
        if (payload) payload.consumed = Math.floor(now() / 1000)
      },
      async destroy(id) {
        kept.delete(keyOf(id))
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key)
      },
    }
  }
}
