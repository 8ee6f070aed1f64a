import { Temporal } from 'temporal-polyfill'
import { addDays, type Day, dayOf } from '../../../kernel/clock.ts'
import { type CommandHost, run } from '../../../kernel/command.ts'
import type { Actor, Context } from '../../../kernel/context.ts'
import type { Province, Tx } from '../../../kernel/database/index.ts'
import { type NewEvent, record } from '../../../kernel/events.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { findLatestRecount, pendingDeltas, ratesOn } from '../../indicator/index.ts'
import { noticeEvent } from '../../notification/index.ts'
import { loadDirectory, type OrganisationDirectory } from '../../organisation/index.ts'
import { issuerOf } from '../../printing/index.ts'
import type { ReadAims } from '../aims.ts'
import { digestOf } from '../digest.ts'
import { notYet, wrongDay } from '../errors.ts'
import type { ReadGaps } from '../gaps.ts'
import { weeklyRecipients } from '../queries/recipients.ts'
import { type Before, readEnded, readWeekly } from '../queries/weekly-figures.ts'
import { canonicalText } from '../rules/canonical.ts'
import { type DatedSettings, endedWithin, latestSlot, periodOf, type Slot, slotOf, weekOf } from '../rules/settings.ts'
import { highlightsOf, type Provenance, silentUnits, type WeeklyReport, weeklyRates } from '../rules/weekly.ts'
import { noticeOf } from '../rules/weekly-words.ts'
import { insertWeekly, listSettings, weeklyOf } from '../store.ts'

/** What making a report needs of the application. */
export type ReportHost = CommandHost & { readonly aims: ReadAims; readonly gaps: ReadGaps }

export interface FrozenReport {
  readonly id: string
  readonly week: Day
  readonly day: Day
  /** False: that week had its report already, and it stays as it is. */
  readonly made: boolean
}

/** How a report comes about: at its hour by the house itself, or afterwards from the log by somebody who asks for it. */
export type Made = 'by_clock' | 'from_log'

const OFFICE = /^Văn phòng Ủy ban nhân dân (?:tỉnh|thành phố)/iu
const system: Actor = { kind: 'system', name: 'reporting' }

/** Who heads the paper: the office of the provincial committee where there is one, else the committee itself. */
function issuer(directory: OrganisationDirectory, province: Province, day: Day): WeeklyReport['issuer'] {
  const office = directory.list(day, { tier: 'province' }).find(({ name }) => OFFICE.test(name)) ?? directory.root(day)
  const path = office ? directory.path(office.code, day) : []
  return issuerOf(path, province.name)
}

/**
 * Freezes the report of a week: reads every figure at one moment, writes down exactly what the report says with its digest, once. `day` is
 * the day of that week's report. What came in after that day is not counted; what was received until then counts as it stands now.
 * `since`: counted from that day instead of from what the settings say (a campaign's first day). Refuses a day that is not the report's, and one whose hour has not come.
 */
export async function freezeWeekly(
  host: ReportHost,
  province: Province,
  asked: { day: Day; made: Made; since?: Day | undefined },
): Promise<Result<FrozenReport>> {
  const settings = await host.db.read(province, listSettings)
  const usual = slotOf(settings, weekOf(asked.day))
  const slot = asked.since ? { ...usual, settings: { ...usual.settings, period: { kind: 'since' as const, from: asked.since } } } : usual
  if (slot.day !== asked.day) return refuse(wrongDay(asked.day, slot.day))
  const now = host.clock()
  if (Temporal.Instant.compare(now, slot.at) < 0) return refuse(notYet(slot.day, slot.settings.time))
  const known = await host.db.read(province, (tx) => weeklyOf(tx, slot.week))
  if (known) return ok({ id: known.id, week: slot.week, day: slot.day, made: false })
  const provenance: Provenance = asked.made === 'from_log' ? 'later' : Temporal.Instant.compare(now, slot.alarmAt) < 0 ? 'on_time' : 'late'
  const recount = await findLatestRecount(host.db, province)
  const unfolded = await pendingDeltas(host.db, province)
  const report = await host.db.snapshot(province, (tx) =>
    compose(tx, { slot, now, provenance, province, aims: host.aims, gaps: host.gaps, unfolded, recount: recount ?? null }),
  )
  const body = canonicalText(report)
  const digest = digestOf(body)
  return run(host, { province, actor: system, name: 'reporting.freeze' }, async (cx) => {
    const id = cx.id()
    const row = { id, week: slot.week, day: slot.day, first: report.period.from, producedAt: now, provenance, body, digest }
    if (!(await insertWeekly(cx.tx, row))) {
      const other = await weeklyOf(cx.tx, slot.week)
      return ok({ id: other?.id ?? id, week: slot.week, day: slot.day, made: false })
    }
    const view = { id, week: slot.week, day: slot.day, made: true }
    const frozen = { type: 'reporting.frozen', subject: id, data: { week: slot.week, day: slot.day, provenance, digest } }
    await record(cx, { events: [frozen, ...(await news(cx, id, report, usual, settings))], result: view })
    return ok(view)
  })
}

/** The notice of a new report to those it is for. A report of a week long past is news to nobody. */
async function news(cx: Context, id: string, report: WeeklyReport, slot: Slot, settings: readonly DatedSettings[]): Promise<NewEvent[]> {
  if (latestSlot(settings, cx.now, dayOf(cx.now)).week !== slot.week) return []
  const officerIds = await weeklyRecipients(cx, slot.settings)
  if (officerIds.length === 0) return []
  const enclosed = { source: 'weekly-report', id, file: 'pdf' }
  return [
    noticeEvent(id, null, {
      officerIds,
      key: `weekly-report:${slot.week}`,
      ...noticeOf(report),
      href: `/dieu-hanh/bao-cao/${id}`,
      enclosed,
    }),
  ]
}

/** The frozen report of the week before, as far as it counted the same thing and is as it was written. */
async function frozenBefore(tx: Tx, week: Day, from: Day, tiers: readonly string[]): Promise<{ day: Day; shares: Before } | undefined> {
  const row = await weeklyOf(tx, addDays(week, -7))
  if (!row || row.first !== from || digestOf(row.body) !== row.digest) return undefined
  const report = JSON.parse(row.body) as WeeklyReport
  if (report.tiers.join() !== tiers.join()) return undefined
  const lines = new Map(report.lines.map((line) => [`${line.key} null`, line]))
  for (const unit of report.units) lines.set(`${unit.key} ${unit.validFrom}`, unit)
  return { day: row.day, shares: (line, rate) => lines.get(`${line.key} ${line.validFrom}`)?.cells[rate].now ?? null }
}

interface Making {
  readonly slot: Slot
  readonly now: Temporal.Instant
  readonly provenance: Provenance
  readonly province: Province
  readonly aims: ReadAims
  readonly gaps: ReadGaps
  readonly unfolded: number
  readonly recount: { readonly at: string; readonly difference: number } | null
}

async function compose(tx: Tx, { slot, now, provenance, province, aims, gaps, unfolded, recount }: Making): Promise<WeeklyReport> {
  const { settings } = slot
  const period = periodOf(settings, slot.day)
  const directory = await loadDirectory(tx)
  const weekAgo = addDays(slot.day, -7)
  const frozen = await frozenBefore(tx, slot.week, period.from, settings.tiers)
  const comparable = weekAgo >= period.from
  const before = frozen ? frozen.shares : comparable ? undefined : null
  const { tiers, silentDays } = settings
  const wholeWeek = settings.period.kind !== 'since'
  const { lines, units } = await readWeekly(tx, directory, aims, { period, tiers, silentDays, wholeWeek, before })
  const ended = endedWithin(settings, slot.day)
  const rates = ratesOn(period.to)
  // Of the report's hour, also when it is made later: a month that ran then was not late.
  const reported = await gaps(tx, directory, period, slot.at)
  return {
    format: 1,
    week: slot.week,
    day: slot.day,
    period: { kind: settings.period.kind, ...period },
    before: frozen ? { day: frozen.day, basis: 'frozen' } : comparable ? { day: weekAgo, basis: 'log' } : null,
    ended: ended && (await readEnded(tx, directory, ended, tiers)),
    provenance,
    producedAt: now.toString({ smallestUnit: 'second' }),
    dueAt: slot.at.toString({ smallestUnit: 'second' }),
    province: province.name,
    issuer: issuer(directory, province, dayOf(slot.at)),
    tiers: settings.tiers,
    recipients: { roles: settings.roles, officers: settings.officers.map(({ name }) => name) },
    rates: weeklyRates.flatMap((code) => {
      const rate = rates.find((one) => one.code === code)
      return rate ? [{ code, name: rate.name.vi, definition: rate.definition.vi, basis: rate.basis }] : []
    }),
    lines,
    units,
    highlights: weeklyRates.map((rate) => highlightsOf(rate, units)),
    late: {
      silentDays: settings.silentDays,
      silent: silentUnits(units, slot.day, settings.silentDays),
      unfolded,
      recount: recount && { at: Temporal.Instant.from(recount.at).toString({ smallestUnit: 'second' }), difference: recount.difference },
      ...(reported.length > 0 && { reported }),
    },
  }
}
