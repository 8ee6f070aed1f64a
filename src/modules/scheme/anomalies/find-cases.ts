import type { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { loadCalendar, type WorkCalendar } from '../../calendar/index.ts'
import type { Period } from '../../indicator/index.ts'
import { loadDirectory } from '../../organisation/index.ts'
import {
  type Asked,
  assistedShares,
  bursts,
  type Case,
  caseKey,
  closingDays,
  manyFilers,
  stopClocks,
  type TakenBack,
  type Thresholds,
  takenBack,
  type Worked,
} from '../rules/anomalies.ts'
import { readAccounts, readAsked, readDevices, readFilings, readMarked, readPhones, readTakenBack, readUnitDays } from './candidates.ts'
import { thresholdsOn } from './thresholds.ts'
import { dayOfMillis, isWorked, workedTime } from './worked-time.ts'

export interface KeyedCase extends Case {
  readonly key: string
}

/** What is worth a second look in a period, as it was at one moment. Plain JSON. */
export interface Found {
  readonly thresholds: Thresholds
  readonly cases: readonly KeyedCase[]
  /** Online dossiers received in the period, and of how many the device's mark is kept. */
  readonly online: number
  readonly marked: number
}

/** The days before the close of a period; of one still running there are none yet. */
const closeOf = (period: Period, today: Day, count: number, calendar: WorkCalendar): Day[] =>
  period.to >= today ? [] : closingDays(period, count, { isWorked: (day) => isWorked(day, calendar), before: (day) => addDays(day, -1) })

/** Working time as far as any of these steps and due times reach. */
function workedAround(steps: readonly { readonly at: number; readonly due: number | null }[], calendar: WorkCalendar): Worked {
  const [first, last] = [{ low: Number.POSITIVE_INFINITY }, { high: 0 }]
  for (const { at, due } of steps) {
    if (due === null || due < at) continue
    first.low = Math.min(first.low, at)
    last.high = Math.max(last.high, due)
  }
  if (last.high === 0) return () => 0
  return workedTime(dayOfMillis(first.low), dayOfMillis(last.high), calendar)
}

const timesOf = (asked: readonly Asked[], ended: readonly TakenBack[]) => [
  ...asked.map(({ at, due }) => ({ at, due })),
  ...ended.map(({ endedAt: at, due }) => ({ at, due })),
]

/**
 * What is worth a second look in a period, by the thresholds of its last day. Worked out from dossiers, counts and the event log; wants a
 * snapshot of one moment. It says what happened, never why.
 */
export async function findCases(tx: Tx, period: Period, now: Temporal.Instant): Promise<Found> {
  const thresholds = thresholdsOn(period.to)
  const directory = await loadDirectory(tx)
  const calendar = await loadCalendar(tx)
  const days = await readUnitDays(tx, directory, period)
  const [ended, asked] = [await readTakenBack(tx, period), await readAsked(tx, period)]
  const worked = workedAround(timesOf(asked, ended), calendar)
  const filers = [
    ...(await readDevices(tx, period, thresholds.oneDevice.persons)),
    ...(await readPhones(tx, period, thresholds.onePhone.persons)),
    ...(await readAccounts(tx, period, thresholds.oneAccount.persons)),
  ]
  const cases = [
    ...takenBack(ended, thresholds, worked),
    ...stopClocks(asked, thresholds, worked),
    ...manyFilers(filers, thresholds),
    ...bursts(days, closeOf(period, dayOf(now), thresholds.burst.lastDays, calendar), thresholds),
    ...assistedShares(await readFilings(tx, days, period), thresholds),
  ]
  return {
    thresholds,
    cases: cases.map((one) => ({ ...one, key: caseKey(one, period) })),
    online: days.reduce((sum, { online }) => sum + online, 0),
    marked: await readMarked(tx, period),
  }
}
