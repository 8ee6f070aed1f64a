import { allow } from '../../kernel/access/index.ts'
import type { App } from '../../kernel/app.ts'
import { type Day, dayOf } from '../../kernel/clock.ts'
import * as exact from '../../kernel/rational.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { loadCalendar, workingDayAfter } from '../calendar/index.ts'
import { officersOfUnits } from '../identity/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { headOf, issuerOf, printSheet } from '../printing/index.ts'
import { unknownUnit } from './errors.ts'
import { type Asker, campaignStanding } from './queries/campaigns.ts'
import type { ScoreStanding } from './queries/scores.ts'
import type { AimStanding, CampaignStanding, UnitPlace } from './queries/standing.ts'
import { shortDay, untilText } from './rules/until.ts'
import { percentText, pointsText, rateName, valueText } from './words.ts'

export type LetterKind = 'commendation' | 'reminder'

const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '.')
/** A unit answers what it did within so many working days. */
const ANSWER_DAYS = 5

const row = (standing: CampaignStanding, { aim, share, target, gap }: AimStanding): object => ({
  name: rateName(standing, aim),
  target: valueText(target.value),
  reached: percentText(share.numerator, share.denominator),
  counts: `${count(share.numerator)}/${count(share.denominator)}`,
  missing: gap.among > 0 ? `${count(gap.among)} hồ sơ` : 'Đạt',
})

const scoreRow = ({ scheme, total, max, target, gap }: ScoreStanding): object => ({
  name: scheme.name.vi,
  target: `${String(target.value).replace('.', ',')} điểm`,
  reached: total ? pointsText(total) : 'chưa có số liệu',
  counts: total ? `${exact.written(total, 2).replace('.', ',')}/${exact.written(max, 0)}` : '',
  missing: exact.compare(gap, exact.zero) > 0 ? pointsText(gap) : 'Đạt',
})

/** What one letter says to one unit: its own figures up to the day counted. */
function letterTo(kind: LetterKind, standing: CampaignStanding, unit: UnitPlace, answerBy: Day): object {
  const { campaign, daysLeft } = standing
  const rates = unit.attained.filter(({ met }) => met !== null)
  const scores = unit.scores.filter(({ met }) => met !== null)
  const measured = [...rates, ...scores]
  const missed = measured.filter(({ met }) => !met)
  const rows = [...rates.map((one) => row(standing, one)), ...scores.map(scoreRow)]
  const under = `Thực hiện ${campaign.decision} về ${campaign.name} (từ ngày ${shortDay(campaign.begins)} đến ngày ${shortDay(campaign.ends)}), ${untilText(standing)},`
  const name = unit.fullName
  if (kind === 'commendation')
    return {
      to: name,
      opening: `${under} ${name} đã đạt tất cả ${measured.length} chỉ tiêu được giao:`,
      rows,
      closing: [
        'Chủ tịch Ủy ban nhân dân tỉnh biểu dương tập thể lãnh đạo và cán bộ, công chức, viên chức của đơn vị.',
        daysLeft > 0
          ? 'Đề nghị đơn vị giữ vững kết quả đến hết chiến dịch và chia sẻ cách làm với các đơn vị khác./.'
          : 'Đề nghị đơn vị giữ vững kết quả và chia sẻ cách làm với các đơn vị khác./.',
      ],
    }
  return {
    to: name,
    opening: `${under} ${name} còn ${missed.length} trên ${measured.length} chỉ tiêu chưa đạt:`,
    rows,
    closing: [
      'Ủy ban nhân dân tỉnh đề nghị người đứng đầu đơn vị:',
      '1. Rà từng hồ sơ chưa đạt trên bảng của đơn vị tại Cổng điều hành, chỉ rõ nguyên nhân và người phụ trách.',
      '2. Hướng dẫn, hỗ trợ người dân nộp trực tuyến, thanh toán trực tuyến ngay tại bộ phận một cửa; số hóa giấy tờ ngay khi tiếp nhận.',
      `3. Báo cáo việc đã làm và kết quả về Ủy ban nhân dân tỉnh (qua Văn phòng) trước ngày ${shortDay(answerBy)}./.`,
    ],
  }
}

/**
 * Letters of a campaign as one PDF, drafts for signature: they bear no number, which the registry gives when they are signed. To one unit,
 * or to all on the praise list (commendation) or the late list (reminder). Refusals: campaign.unknown, campaign.unknown-unit, access.denied.
 */
export async function campaignLetters(
  app: App,
  asker: Asker,
  asked: { readonly campaignId: string; readonly kind: LetterKind; readonly unit?: string | undefined },
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const directory = await directoryOf(app, asker.province)
  const now = app.clock()
  const today = dayOf(now)
  const root = directory.root(today)
  allow({ access: app.access(asker.province), actor: asker.actor }, 'campaign.letters', { agencyCode: root?.code ?? null })
  const found = await campaignStanding(app, asker, asked.campaignId)
  if (!found.ok) return found
  const standing = found.value
  const list = asked.kind === 'commendation' ? standing.praise : standing.late
  const units = asked.unit === undefined ? list : list.filter(({ code }) => code === asked.unit)
  if (units.length === 0) return refuse(unknownUnit)
  const { calendar, leaders } = await app.db.read(asker.province, async (tx) => ({
    calendar: await loadCalendar(tx),
    leaders: await officersOfUnits(tx, { roles: ['leader'], agencyCodes: root ? [root.code] : [], day: today }),
  }))
  const answerBy = workingDayAfter(today, ANSWER_DAYS, calendar)
  const chairman = leaders.find(({ position }) => position?.startsWith('Chủ tịch'))
  const issuer = issuerOf(root ? [root] : [], asker.province.name)
  const praise = asked.kind === 'commendation'
  const subject = praise ? `Biểu dương đơn vị hoàn thành chỉ tiêu ${standing.campaign.name}` : `Đôn đốc thực hiện ${standing.campaign.name}`
  return ok(
    await printSheet('campaign-letter.typ', {
      ...headOf(issuer, now.toString()),
      title: subject,
      heading: 'THƯ KHEN',
      subject: `${subject.charAt(0).toLocaleLowerCase('vi')}${subject.slice(1)}`,
      formLabel: 'Dự thảo trình ký',
      // The registry writes number and day when it is signed; a letter of praise has no number (NĐ 30/2020/NĐ-CP, Annex III).
      dated: `ngày …… tháng …… năm ${today.slice(0, 4)}`,
      number: praise ? null : '………/UBND-………',
      late: !praise,
      letters: units.map((unit) => letterTo(asked.kind, standing, unit, answerBy)),
      copies: ['Như trên', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Văn phòng UBND tỉnh'],
      signer: praise ? ['CHỦ TỊCH'] : ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH'],
      signerName: chairman?.name ?? null,
    }),
  )
}
