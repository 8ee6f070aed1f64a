import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Details, formatDay, formatNumber, SummaryList, Tag, type Tone } from '../../../ui/index.ts'
import type { OrganisationDirectory } from '../../organisation/index.ts'
import type { AnomalyKind, CaseView, Outcome, Review, Thresholds } from '../../scheme/index.ts'
import { kindTexts, outcomeTexts, anomalyTexts as texts } from '../anomaly-texts.ts'

export const PATH = '/dieu-hanh/bat-thuong'
export const CASE = `${PATH}/muc`

export const addressOf = (
  { from, to }: { readonly from: string; readonly to: string },
  path = PATH,
  more: Record<string, string> = {},
): string => `${path}?${new URLSearchParams({ tu: from, den: to, ...more })}`

/** A unit as it was called then, else as it ever was. */
export const unitName = (directory: OrganisationDirectory, agencyCode: string, day: string): string =>
  (directory.find(agencyCode, day) ?? directory.agencies.find(({ code }) => code === agencyCode))?.name ?? agencyCode

/** What was seen, in one sentence of facts. */
export function sentence(one: CaseView, locale: Locale, directory: OrganisationDirectory, day: string): string {
  const said = t(locale, kindTexts[one.kind].sentence, {
    count: formatNumber(one.count, locale),
    of: formatNumber(one.of, locale),
    masked: one.masked ?? '',
    officer: one.officer ?? '',
    day: one.day ? formatDay(one.day) : '',
  })
  const helped = one.assisted ? ` ${t(locale, texts.ofThemAssisted, { n: formatNumber(one.assisted, locale) })}` : ''
  if (!one.machine) return said + helped
  const agency = unitName(directory, one.machine.agencyCode, day)
  const machine = one.machine.name
    ? t(locale, texts.machineNamed, { name: one.machine.name, agency })
    : t(locale, texts.machineSeen, { agency })
  return `${said}${helped} ${machine}`
}

const tones: Readonly<Record<Outcome, Tone>> = { explained: 'good', real: 'accent', follow: 'waiting' }

export const OutcomeTag = ({ outcome, locale }: { outcome: Outcome; locale: Locale }) => (
  <Tag tone={tones[outcome]}>{t(locale, outcomeTexts[outcome])}</Tag>
)

/** Where a case stands: what the last note says, or that nobody looked yet. */
export const Standing = ({ reviews, locale }: { reviews: readonly Review[]; locale: Locale }) => {
  const last = reviews.at(-1)
  return last ? <OutcomeTag outcome={last.outcome} locale={locale} /> : <Tag>{t(locale, texts.open)}</Tag>
}

/** The thresholds in use, in words. */
export const ThresholdList = ({ thresholds, locale }: { thresholds: Thresholds; locale: Locale }) => {
  const { assistedShare, onePhone, oneAccount, oneDevice, burst, takenBack, stopClock } = thresholds
  const vi = locale === 'vi'
  const people = (persons: number): string => (vi ? `Từ ${persons} người khác nhau` : `${persons} different people or more`)
  const rows: [AnomalyKind, string][] = [
    [
      'assisted-share',
      vi
        ? `Từ ${assistedShare.least} hồ sơ trực tuyến, từ ${100 * assistedShare.share} % nộp hộ`
        : `${assistedShare.least} online dossiers or more, ${100 * assistedShare.share} % with help or more`,
    ],
    ['one-phone', people(onePhone.persons)],
    ['one-account', people(oneAccount.persons)],
    ['one-device', people(oneDevice.persons)],
    [
      'burst',
      vi
        ? `Trong ${burst.lastDays} ngày làm việc cuối kỳ và ngày nghỉ kề đó, từ ${burst.least} hồ sơ một ngày và gấp ${burst.times} lần ngày thường`
        : `In the last ${burst.lastDays} working days and the days off beside them, ${burst.least} dossiers a day or more and ${burst.times} times a usual day`,
    ],
    [
      'taken-back',
      vi
        ? `Kết thúc khi còn không quá ${takenBack.minutes} phút làm việc, mở lại trong ${takenBack.withinDays} ngày`
        : `Ended with ${takenBack.minutes} working minutes left or less, opened again within ${takenBack.withinDays} days`,
    ],
    [
      'stop-clock',
      vi
        ? `Từ ${stopClock.least} lần khi còn không quá ${stopClock.hours} giờ làm việc trước hạn, cùng một cán bộ`
        : `${stopClock.least} times or more with ${stopClock.hours} working hours left or less, by one officer`,
    ],
  ]
  return (
    <Details summary={t(locale, texts.thresholds)}>
      <p class="govuk-body-s">{t(locale, texts.thresholdsFrom, { day: formatDay(thresholds.validFrom), basis: thresholds.basis })}</p>
      <SummaryList locale={locale} rows={rows.map(([kind, value]) => ({ key: t(locale, kindTexts[kind].name), value }))} />
    </Details>
  )
}
