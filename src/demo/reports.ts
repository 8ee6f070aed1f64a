import { addDays, type Day, dayOf } from '../kernel/clock.ts'
import type { CommandHost } from '../kernel/command.ts'
import type { Province } from '../kernel/database/index.ts'
import { seedCampaigns } from '../modules/campaign/index.ts'
import { foldAll } from '../modules/indicator/index.ts'
import { freezeWeekly, weekOf } from '../modules/reporting/index.ts'
import { readAims } from '../report-aims.ts'
import { readGaps } from '../report-gaps.ts'

const WEEKS = 4

/** The Fridays before now whose reports the demo has: the last four whose hour has come. */
function fridays(now: ReturnType<CommandHost['clock']>): Day[] {
  const last = addDays(weekOf(dayOf(now.subtract({ hours: 15 }))), 4)
  const first = last <= dayOf(now.subtract({ hours: 15 })) ? last : addDays(last, -7)
  return Array.from({ length: WEEKS }, (_, n) => addDays(first, -7 * (WEEKS - 1 - n)))
}

/** The last four weekly reports, made from the log and marked so. What is there stays. Returns how many were made. */
export async function seedReports(host: CommandHost, province: Province): Promise<number> {
  await seedCampaigns(host, province)
  // As on any evening: nothing waits to be folded when a report is made.
  await foldAll(host.db, province)
  return freeze(host, province, fridays(host.clock()))
}

/** The ten Fridays of Cà Mau's campaign of 2023, 1 March – 9 May. */
const CAMPAIGN_FRIDAYS: readonly Day[] = Array.from({ length: 10 }, (_, n) => addDays('2023-03-03', 7 * n))

/** The ten weekly reports of the campaign of 2023, each counted from its first day to its Friday. What is there stays. */
export async function seedReports2023(host: CommandHost, province: Province): Promise<number> {
  await seedCampaigns(host, province)
  await foldAll(host.db, province)
  return freeze(host, province, CAMPAIGN_FRIDAYS, '2023-03-01')
}

async function freeze(host: CommandHost, province: Province, days: readonly Day[], since?: Day): Promise<number> {
  let made = 0
  for (const day of days) {
    const reports = { db: host.db, clock: host.clock, access: host.access, aims: readAims, gaps: readGaps }
    const done = await freezeWeekly(reports, province, { day, made: 'from_log', since })
    if (!done.ok) throw new Error(`the demo did something impossible: ${done.error.code}`)
    if (done.value.made) made += 1
  }
  return made
}
