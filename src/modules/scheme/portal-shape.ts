import type { Channel } from '../../kernel/events.ts'
import * as exact from '../../kernel/rational.ts'
import { type Counts, noCounts } from '../indicator/index.ts'
import type { ScoredLine } from './queries/scores.ts'
import type { QuantityName } from './rules/quantities.ts'
import { gapsAsked, oneGap } from './rules/reported-months.ts'

/**
 * The raw counters of the National Portal's evaluation service (dichvucong.gov.vn, danh-gia-chat-luong-phuc-vu), by its own names. Null:
 * this house does not count it, or nobody has reported it; never 0 in its place.
 */
export interface PortalCounters {
  readonly totalReceived: number | null
  readonly totalOnTime: number | null
  readonly totalOverdue: number | null
  /** Working days, of one chosen procedure. */
  readonly avgProcessingDays: number | null
  readonly authorityCount: number | null
  readonly partialCount: number | null
  readonly fullCount: number | null
  readonly onlineDossierCount: number | null
  readonly onlineServiceTotal: number | null
  readonly channelOnlineSum: number | null
  readonly channelDirectSum: number | null
  readonly channelPostalSum: number | null
  readonly channelTotalSum: number | null
  readonly onlineOnTimeSum: number | null
  readonly onlineOverdueSum: number | null
  readonly totalDossierOnlinePaymentSuccess: number | null
  readonly totalDossierFinancialObligation: number | null
  readonly totalDossierOnlineFormalityPaymentSuccess: number | null
  readonly totalFeeDossierFormalityDistinct: number | null
  readonly totalFeeDossierFormality: number | null
  readonly totalFeeFormality: number | null
}

/** Counts of one unit by the way its dossiers came in. */
export type ByChannel = Readonly<Partial<Record<Channel, Counts>>>

export function portalCounters(
  { amounts, score }: ScoredLine,
  channels: ByChannel,
  services: { readonly partial: number; readonly full: number } | null,
): PortalCounters {
  const amount = (name: QuantityName): number | null => amounts[name] ?? null
  const of = (channel: Channel): Counts => channels[channel] ?? noCounts
  const inTime = score.indicators.find(({ indicator }) => indicator.code === 'ON_TIME')
  const average = score.indicators.find(({ indicator }) => indicator.code === 'AVERAGE_PROCESSING_DAYS')?.share ?? null
  const received = amount('received')
  const onTime = inTime?.numerator ?? null
  return {
    totalReceived: received,
    totalOnTime: onTime,
    totalOverdue: received === null || onTime === null ? null : received - onTime,
    avgProcessingDays: average && Number(exact.written(average, 2)),
    authorityCount: amount('procedures'),
    partialCount: services?.partial ?? null,
    fullCount: services?.full ?? null,
    onlineDossierCount: amount('procedures_online_filed'),
    onlineServiceTotal: amount('procedures_online'),
    channelOnlineSum: of('online').received,
    channelDirectSum: of('counter').received,
    channelPostalSum: of('post').received,
    channelTotalSum: received,
    // Of those that are done: an open one is neither.
    onlineOnTimeSum: of('online').on_time,
    onlineOverdueSum: of('online').finished - of('online').on_time,
    totalDossierOnlinePaymentSuccess: amount('paid_online'),
    totalDossierFinancialObligation: amount('fee_due'),
    totalDossierOnlineFormalityPaymentSuccess: amount('procedures_paid_online'),
    // What the portal means by it is not confirmed; the second reading of 3.5b, where the scheme asks for that.
    totalFeeDossierFormalityDistinct: amount('procedures_fee_filed'),
    totalFeeDossierFormality: amount('procedures_payable_online'),
    totalFeeFormality: amount('procedures_with_fee'),
  }
}

const points = (value: exact.Rational | null): number | null => value && Number(exact.written(value, 2))

/** The portal's six groups. A group of which nothing could be scored has no score, which is not 0. */
export const portalGroups = ({ score }: ScoredLine) =>
  (score.groupings.find(({ code }) => code === 'portal')?.groups ?? []).map(({ code, name, points: got, max, indicators }) => ({
    code,
    name: name.vi,
    score: indicators.every(({ standing }) => standing === 'unknown' || standing === 'shown') ? null : points(got),
    maxScore: points(max) ?? 0,
  }))

/** Every indicator under the portal's names, with the reported months its counts are without. */
export const portalMetrics = (line: ScoredLine) =>
  line.score.indicators.map(({ indicator, numerator, denominator, share, points: got, max }) => ({
    code: indicator.code,
    name: indicator.name.vi,
    numerator,
    denominator,
    ratio: share && Number(exact.written(share, 4)),
    score: points(got),
    maxScore: points(max) ?? 0,
    // No name of the portal's: it has no such thing.
    missingMonths: oneGap(gapsAsked([indicator], line)).missing,
  }))
