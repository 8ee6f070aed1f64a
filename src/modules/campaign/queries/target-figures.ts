import type { App } from '../../../kernel/app.ts'
import { type Day, dayOf } from '../../../kernel/clock.ts'
import type { Province, Snapshot } from '../../../kernel/database/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { type Rate, ratesOn } from '../../indicator/index.ts'
import { directoryOf, keyText, type OrganisationDirectory } from '../../organisation/index.ts'
import { unknownTarget } from '../errors.ts'
import { measuredDays } from '../rules/measured-days.ts'
import { aimKey, targetFor } from '../rules/target.ts'
import { type Campaign, listCampaigns, type StoredTarget } from '../store.ts'
import { readCourses, type Whose } from './courses.ts'
import { readProvinceScore, type ScoreStanding } from './scores.ts'
import { type AimStanding, aimStanding, type CampaignStanding, readStanding } from './standing.ts'
import { type TargetLine, targetList } from './target-list.ts'

const whoseOf = ({ scope }: StoredTarget): Whose => (scope.kind === 'all' ? 'whole' : scope.kind === 'tier' ? scope.tier : scope)

/** The days of a target; one that a campaign replaced half-way is measured by the campaign's own days, as the campaign does. */
function daysOf(
  directory: OrganisationDirectory,
  campaigns: readonly Campaign[],
  target: StoredTarget,
  today: Day,
): { from: Day; to: Day } {
  const { scope } = target
  const unit = scope.kind === 'unit' ? directory.agencies.find((one) => keyText(one) === keyText(scope)) : undefined
  const campaign = campaigns.find(({ id }) => id === target.campaignId)
  const from = campaign ? campaign.begins : target.from
  return measuredDays({ from, to: target.to }, today, unit?.validTo ?? null)
}

/** Where each rate target stands for whom it was set: its unit, all units of its tier, or the whole province. By the target's id. */
async function rateFigures(
  tx: Snapshot,
  directory: OrganisationDirectory,
  targets: readonly StoredTarget[],
  today: Day,
): Promise<ReadonlyMap<string, AimStanding>> {
  const figures = new Map<string, AimStanding>()
  const campaigns = await listCampaigns(tx)
  const byDays = Map.groupBy(targets, (target) => {
    const { from, to } = daysOf(directory, campaigns, target, today)
    return `${from} ${to}`
  })
  for (const [days, group] of byDays) {
    const [begins = '', ends = ''] = days.split(' ')
    const courses = await readCourses(tx, directory, { begins, ends, today })
    for (const target of group) {
      const rate: Rate | undefined = ratesOn(courses.asOf).find(({ code }) => code === target.aim.code)
      if (rate) figures.set(target.id, aimStanding(target, courses.of(whoseOf(target), rate)))
    }
  }
  return figures
}

export interface TargetFigure {
  readonly line: TargetLine
  /** Null for a score (its page reads it) and for what is ahead or over. */
  readonly figure: AimStanding | null
}

/** All targets with where those in force stand now. */
export async function targetFigures(app: Pick<App, 'db' | 'clock'>, province: Province): Promise<TargetFigure[]> {
  const today = dayOf(app.clock())
  const directory = await directoryOf(app, province)
  const lines = await targetList(app, province)
  const rated = lines.flatMap(({ state, target }) => (state === 'in-force' && target.aim.kind === 'rate' ? [target] : []))
  const figures = await app.db.snapshot(province, (tx) => rateFigures(tx, directory, rated, today))
  return lines.map((line) => ({ line, figure: figures.get(line.target.id) ?? null }))
}

/** One target with everybody it counts for. */
export interface TargetStanding {
  readonly line: TargetLine
  readonly days: { readonly from: Day; readonly to: Day }
  /** For whom it was set, all together; null for a score of a tier, which is no figure. */
  readonly figure: AimStanding | null
  readonly score: ScoreStanding | null
  /** Every unit by itself; those that have a nearer target are left out. */
  readonly standing: CampaignStanding
  /** How many units of its scope have a nearer target. */
  readonly nearer: number
}

/** Where one target stands, with every unit it counts for. Refusals: target.unknown. */
export async function targetStanding(app: Pick<App, 'db' | 'clock'>, province: Province, id: string): Promise<Result<TargetStanding>> {
  const now = app.clock()
  const today = dayOf(now)
  const lines = await targetList(app, province)
  const line = lines.find(({ target }) => target.id === id)
  if (!line) return refuse(unknownTarget)
  const { target } = line
  const directory = await directoryOf(app, province)
  const days = daysOf(directory, await app.db.read(province, listCampaigns), target, today)
  const begins = days.from
  const measured: Campaign = {
    ...{ id, name: target.source, decision: target.source, begins, ends: days.to, aims: [aimKey(target.aim)], units: [] },
    ...{ publishedAt: now, cancelledOn: null, cancelledReason: null, version: 0 },
  }
  const others = lines.map((one) => one.target)
  return app.db.snapshot(province, async (tx) => {
    const all = await readStanding(tx, directory, measured, [target], { today, now })
    const on = all.asOf
    const counts = (unit: (typeof all.units)[number]): boolean => targetFor(others, target.aim, unit, on)?.id === target.id
    const units = all.units.filter(counts)
    const province = target.aim.kind === 'score' && target.scope.kind === 'all' && all.started
    return ok({
      line,
      days,
      figure: target.aim.kind === 'rate' ? ((await rateFigures(tx, directory, [target], today)).get(id) ?? null) : null,
      score: province
        ? await readProvinceScore(tx, directory, { period: { from: begins, to: on }, target, now, over: today > days.to })
        : null,
      standing: { ...all, units, praise: all.praise.filter(counts), late: all.late.filter(counts) },
      nearer: all.units.length - units.length,
    })
  })
}
