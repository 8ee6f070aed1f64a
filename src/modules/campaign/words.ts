import * as exact from '../../kernel/rational.ts'
import { ratio } from '../indicator/index.ts'
import type { ScoreStanding } from './queries/scores.ts'
import type { AimStanding, CampaignStanding, UnitPlace } from './queries/standing.ts'
import { paceOf } from './rules/forecast.ts'
import { untilText } from './rules/until.ts'

/** `62,5 %`: exact to the place shown, as Vietnamese papers write it. */
export function percentText(numerator: number, denominator: number): string {
  const exact = ratio(numerator, denominator)
  if (exact === null) return 'chưa có số liệu'
  return `${(Number(exact) * 100)
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace('.', ',')}\u00a0%`
}

export const valueText = (value: number): string => `${String(Math.round(value * 10_000) / 100).replace('.', ',')}\u00a0%`

export const rateName = (standing: CampaignStanding, aim: string): string => standing.rates.find(({ code }) => code === aim)?.name.vi ?? aim

/** `từ nay mỗi ngày làm việc cần 12 hồ sơ đạt`; nothing where no number helps. */
function paceText({ forecast }: AimStanding): string {
  const pace = paceOf(forecast)
  if (pace === null) return ''
  if (pace.per === 'too_few') return 'số hồ sơ dự kiến không đủ để đạt'
  return pace.per === 'day' ? `từ nay mỗi ngày làm việc cần ${pace.count} hồ sơ đạt` : `từ nay mỗi tuần cần ${pace.count} hồ sơ đạt`
}

/** `Tỷ lệ số hóa hồ sơ 41,2 %, cần 65 %, thiếu 120 hồ sơ, từ nay mỗi ngày làm việc cần 9 hồ sơ đạt`. */
function gapText(standing: CampaignStanding, one: AimStanding): string {
  const { aim, share, target, gap } = one
  const parts = [
    `${rateName(standing, aim)} ${percentText(share.numerator, share.denominator)}`,
    `cần ${valueText(target.value)}`,
    `thiếu ${gap.among} hồ sơ`,
    paceText(one),
  ]
  return parts.filter(Boolean).join(', ')
}

export const pointsText = (value: exact.Rational): string => `${exact.written(value, 2).replace('.', ',')} điểm`

/** `Bộ chỉ số 766: 62,10 điểm, cần 85 điểm, thiếu 22,90 điểm; giành lại nhiều nhất ở: …`. */
function scoreGapText({ scheme, total, target, gap, wins }: ScoreStanding): string {
  const where = wins.slice(0, 3).map(({ indicator, winnable }) => `${indicator.name.vi} (+${pointsText(winnable)})`)
  const parts = [
    `${scheme.name.vi}: ${total ? pointsText(total) : 'chưa có số liệu'}`,
    `cần ${String(target.value).replace('.', ',')} điểm`,
    `thiếu ${pointsText(gap)}`,
  ]
  return parts.join(', ') + (where.length > 0 ? `, giành lại nhiều nhất ở ${where.join(', ')}` : '')
}

/** What a unit has missed, target by target. */
export const missedTexts = (standing: CampaignStanding, unit: UnitPlace): string[] => [
  ...unit.attained.filter(({ met }) => met === false).map((one) => gapText(standing, one)),
  ...unit.scores.filter(({ met }) => met === false).map(scoreGapText),
]

/** What a reminder says to a unit that is behind: it is read later, so it says when its figures were so. */
export function reminderText(standing: CampaignStanding, unit: UnitPlace): { title: string; body: string } {
  const missed = missedTexts(standing, unit)
  const left = standing.daysLeft > 0 ? `còn ${standing.daysLeft} ngày` : 'hôm nay là ngày cuối'
  return {
    title: `${unit.name} chưa đạt ${missed.length} chỉ tiêu của ${standing.campaign.name} (${left})`,
    body: `${missed.join('; ')}.\nSố liệu ${untilText(standing)}.`,
  }
}
