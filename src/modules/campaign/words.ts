import { ratio } from '../indicator/index.ts'
import type { AimStanding, CampaignStanding, UnitPlace } from './queries/standing.ts'

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

/** `Tỷ lệ số hóa hồ sơ 41,2 %, cần 65 %, thiếu 120 hồ sơ`. */
export function gapText(standing: CampaignStanding, { aim, share, target, gap }: AimStanding): string {
  const name = rateName(standing, aim)
  return `${name} ${percentText(share.numerator, share.denominator)}, cần ${valueText(target.value)}, thiếu ${gap.among} hồ sơ`
}

/** What a reminder says to a unit that is behind. */
export function reminderText(standing: CampaignStanding, unit: UnitPlace): { title: string; body: string } {
  const missed = unit.attained.filter(({ met }) => met === false)
  const left = standing.daysLeft > 0 ? `còn ${standing.daysLeft} ngày` : 'hôm nay là ngày cuối'
  return {
    title: `${unit.name} chưa đạt ${missed.length} chỉ tiêu của ${standing.campaign.name} (${left})`,
    body: `${missed.map((one) => gapText(standing, one)).join('; ')}.`,
  }
}
