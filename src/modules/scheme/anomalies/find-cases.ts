import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { Refused } from '../../../kernel/errors.ts'
import { isWorkingDay, loadCalendar, type WorkCalendar } from '../../calendar/index.ts'
import type { Period } from '../../indicator/index.ts'
import { assistedShares, bursts, type Case, caseKey, manyFilers, stopClocks, type Thresholds, takenBack } from '../rules/anomalies.ts'
import {
  type Evidence,
  filingsOf,
  readAsked,
  readEvidence,
  readFilers,
  readTakenBack,
  readUnitDays,
  readUnitEvidence,
} from './candidates.ts'
import { type Review, readReviews } from './store.ts'
import { thresholdsOn } from './thresholds.ts'

/** A case with what people noted about it. */
export interface CaseView extends Case {
  readonly key: string
  readonly reviews: readonly Review[]
}

export interface CasesView {
  readonly thresholds: Thresholds
  readonly cases: readonly CaseView[]
}

/** A year that no calendar covers is worked Monday to Friday. */
function worked(day: Day, calendar: WorkCalendar): boolean {
  try {
    return isWorkingDay(day, calendar)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
  }
}

/** The last working days of a period; of one still running there are none yet. */
function lastDays(period: Period, today: Day, count: number, calendar: WorkCalendar): Day[] {
  if (period.to >= today) return []
  const found: Day[] = []
  for (let day = period.to; day >= period.from && found.length < count; day = addDays(day, -1)) if (worked(day, calendar)) found.push(day)
  return found
}

/**
 * What is worth a second look in a period, by the thresholds of its last day. Worked out each time from dossiers and the event log: a
 * case that no longer holds is no longer shown. It says what happened, never why.
 */
export async function findCases(tx: Tx, period: Period, now: Temporal.Instant): Promise<CasesView> {
  const thresholds = thresholdsOn(period.to)
  const days = await readUnitDays(tx, period)
  const close = lastDays(period, dayOf(now), thresholds.burst.lastDays, await loadCalendar(tx))
  const persons = Math.min(thresholds.onePhone.persons, thresholds.oneAccount.persons)
  const cases = [
    ...takenBack(await readTakenBack(tx, period), thresholds),
    ...stopClocks(await readAsked(tx, period), thresholds),
    ...manyFilers(await readFilers(tx, period, persons), thresholds),
    ...bursts(days, close, thresholds),
    ...assistedShares(filingsOf(days), thresholds),
  ].map((one) => ({ ...one, key: caseKey(one, period) }))
  const reviews = await readReviews(
    tx,
    cases.map(({ key }) => key),
  )
  return { thresholds, cases: cases.map((one) => ({ ...one, reviews: reviews.get(one.key) ?? [] })) }
}

/** One case of a period with its dossiers; undefined when it does not (or no longer) hold. */
export async function findCase(
  tx: Tx,
  period: Period,
  key: string,
  now: Temporal.Instant,
): Promise<{ thresholds: Thresholds; one: CaseView; evidence: Evidence[] } | undefined> {
  const { thresholds, cases } = await findCases(tx, period, now)
  const one = cases.find((known) => known.key === key)
  if (!one) return undefined
  const span = one.day ? { from: one.day, to: one.day } : period
  const evidence =
    one.dossiers.length > 0
      ? await readEvidence(tx, one.dossiers)
      : await readUnitEvidence(tx, one.agencyCode, span, one.kind === 'assisted-share')
  return { thresholds, one, evidence }
}
