import type { App } from '../../../kernel/app.ts'
import type { Actor } from '../../../kernel/context.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Period } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { type EvidencePage, readEvidence, type Seen } from './evidence.ts'
import type { KeyedCase } from './find-cases.ts'
import { currentRun } from './runs.ts'
import { type Review, type Run, readReviews } from './store.ts'

/** A case with what people noted about it, the earliest first. */
export interface CaseView extends KeyedCase {
  readonly reviews: readonly Review[]
}

export interface CasesView extends Omit<Run, 'cases'> {
  readonly cases: readonly CaseView[]
  /** Noted about cases that no longer hold; the key still says what about. */
  readonly gone: readonly Review[]
  /** Old: newer ones are being worked out. */
  readonly renewing: boolean
}

interface Asker {
  readonly province: Province
  readonly actor: Actor
}

type Host = Pick<App, 'db' | 'clock' | 'jobs' | 'access'>

const SEE = 'anomaly.see'

/** Which agencies' cases and dossiers somebody may see. Throws `Refused` access.denied when none. */
async function seenBy(app: Host, { province, actor }: Asker): Promise<Seen> {
  const access = app.access(province)
  if (access.canAtRoot(actor, SEE)) return 'all'
  const directory = await directoryOf(app, province)
  const codes = [...new Set(directory.agencies.map(({ code }) => code))].filter((agencyCode) => access.can(actor, SEE, { agencyCode }))
  if (codes.length === 0) throw new Refused(refusals.denied)
  return codes
}

const mayBeSeen = (seen: Seen, agencyCode: string): boolean => seen === 'all' || seen.includes(agencyCode)

/** The cases of a period somebody may see: the whole province's, or those of their own units. */
export async function casesFor(app: Host, asker: Asker, period: Period): Promise<CasesView> {
  const seen = await seenBy(app, asker)
  const { run, renewing } = await currentRun(app, asker.province, period)
  const reviews = Map.groupBy(await app.db.read(asker.province, (tx) => readReviews(tx, period)), ({ key }) => key)
  const held = new Set(run.cases.map(({ key }) => key))
  return {
    ...run,
    renewing,
    cases: run.cases
      .filter(({ agencyCode }) => mayBeSeen(seen, agencyCode))
      .map((one) => ({ ...one, reviews: reviews.get(one.key) ?? [] })),
    gone: [...reviews].flatMap(([key, own]) => (held.has(key) || !mayBeSeen(seen, key.split(' ')[1] ?? '') ? [] : own)),
  }
}

export interface AskedCase extends Period {
  readonly key: string
  readonly page: number
  readonly size: number
}

/** One case with a page of its dossiers, as far as they may be seen; undefined when it does not (or no longer) hold. */
export async function caseFor(
  app: Host,
  asker: Asker,
  { key, page, size, ...period }: AskedCase,
): Promise<{ all: CasesView; one: CaseView; evidence: EvidencePage } | undefined> {
  const all = await casesFor(app, asker, period)
  const one = all.cases.find((known) => known.key === key)
  if (!one) return undefined
  const seen = await seenBy(app, asker)
  const evidence = await app.db.read(asker.province, (tx) => readEvidence(tx, { one, period, seen }, { page, size }))
  return { all, one, evidence }
}
