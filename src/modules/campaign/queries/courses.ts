import { addDays, type Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { loadCalendar, workingDaysBetween } from '../../calendar/index.ts'
import { byAgency, type Counts, measures, noCounts, type Rate, readLines } from '../../indicator/index.ts'
import { type Agency, keyText, type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import type { Course } from '../rules/forecast.ts'
import type { Share, Tier } from '../rules/target.ts'

/** What the coming days are expected to be like: the last two weeks. */
const LATELY_DAYS = 14

/** Whose figures: one unit as it was on a day, a tier, or everybody. */
export type Whose = { readonly code: string; readonly validFrom: Day } | Tier | 'whole'

/** How rates went between two days, for units, tiers and the whole, from exact counts; each dossier for the unit of its day. */
export interface Courses {
  /** The last day counted. */
  readonly asOf: Day
  readonly started: boolean
  /** Null: beyond the years whose holidays are known. */
  readonly workingDaysLeft: number | null
  /** Every unit version of these days. */
  readonly versions: readonly Agency[]
  of(whose: Whose, rate: Rate): Course
  weekAgo(unit: { readonly code: string; readonly validFrom: Day }, rate: Rate): Share
}

interface Asked {
  readonly begins: Day
  readonly ends: Day
  readonly today: Day
  /** Whose dossiers are counted in tiers and the whole; everybody's unless told. */
  readonly counts?: (agency: Agency) => boolean
  /** Reads only agencies with these codes. */
  readonly codes?: ReadonlySet<string> | undefined
}

interface Sums {
  readonly units: ReadonlyMap<string, Counts>
  readonly wider: ReadonlyMap<Tier | 'whole', Counts>
}

const nothing: Sums = { units: new Map(), wider: new Map() }

type Sum = { -readonly [Code in keyof Counts]: number }

function addTo(sums: Map<Tier | 'whole', Sum>, whose: Tier | 'whole', counts: Counts): void {
  const sum = sums.get(whose) ?? { ...noCounts }
  for (const { code } of measures) sum[code] += counts[code]
  sums.set(whose, sum)
}

const shareIn = (counts: Counts | undefined, rate: Rate): Share => ({
  numerator: counts?.[rate.numerator] ?? 0,
  denominator: counts?.[rate.denominator] ?? 0,
})

export async function readCourses(tx: Tx, directory: OrganisationDirectory, asked: Asked): Promise<Courses> {
  const { begins, ends, today, counts = () => true, codes } = asked
  const asOf = today < ends ? today : ends
  const started = begins <= today
  const versions = started ? unitsDuring(directory, { from: begins, to: asOf }) : []

  const sums = async (from: Day, to: Day): Promise<Sums> => {
    const [units, wider] = [new Map<string, Counts>(), new Map<Tier | 'whole', Sum>()]
    if (from > to) return { units, wider }
    const read = versions.filter(
      (unit) => unit.validFrom <= to && (unit.validTo === null || unit.validTo >= from) && (!codes || codes.has(unit.code)),
    )
    const counted = new Set(read.filter(counts).map(keyText))
    const groups = byAgency(read, { from, to })
    for (const line of await readLines(tx, { period: { from, to }, groups, onlyGroups: true })) {
      const { group } = line
      if (!group?.validFrom || group.tier === null) continue
      const key = keyText({ code: group.key, validFrom: group.validFrom })
      units.set(key, line.counts)
      if (!counted.has(key)) continue
      for (const whose of [group.tier, 'whole'] as const) addTo(wider, whose, line.counts)
    }
    return { units, wider }
  }
  const calendar = await loadCalendar(tx)
  const workingDays = (from: Day, to: Day): number | null =>
    from < calendar.from || to > calendar.to ? null : workingDaysBetween(from, to, calendar)
  // The day itself is neither over nor ahead: what it still brings is in the coming days' favour.
  const goesOn = started && asOf < ends
  const workingDaysLeft = goesOn ? workingDays(asOf, ends) : 0
  const recently = addDays(asOf, 1 - LATELY_DAYS)
  const latelyFrom = recently > begins ? recently : begins
  // Holidays that nobody has written down yet are not guessed: then nothing is foretold.
  const latelyDays = workingDaysLeft === null ? 0 : (workingDays(addDays(latelyFrom, -1), asOf) ?? 0)

  const soFar = await sums(begins, asOf)
  const lately = goesOn ? await sums(latelyFrom, asOf) : nothing
  const before = await sums(begins, addDays(asOf, -7))

  const find = ({ units, wider }: Sums, whose: Whose): Counts | undefined =>
    typeof whose === 'string' ? wider.get(whose) : units.get(keyText(whose))
  return {
    ...{ asOf, started, workingDaysLeft, versions },
    of: (whose, rate) => ({
      soFar: shareIn(find(soFar, whose), rate),
      lately: { ...shareIn(find(lately, whose), rate), days: latelyDays },
      daysLeft: workingDaysLeft ?? 1,
    }),
    weekAgo: (unit, rate) => shareIn(find(before, unit), rate),
  }
}
