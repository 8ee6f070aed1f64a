import { dayOf } from '../../../kernel/clock.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  formatDay,
  formatInstant,
  formatNumber,
  LinkButton,
  NotificationBanner,
  page,
  SummaryList,
  Table,
  Timeline,
} from '../../../ui/index.ts'
import {
  type Aim,
  aimKey,
  type Campaign,
  type CampaignAct,
  campaignById,
  campaignHistory,
  mayLead,
  NO_END,
  type Scope,
  type StoredTarget,
  stateOf,
  valueText,
} from '../../campaign/index.ts'
import { officerNames } from '../../identity/index.ts'
import { ratesOn } from '../../indicator/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { askerOf, must } from './campaign-asked.ts'
import { CampaignHead, CampaignTabs, campaignHref } from './campaign-parts.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

/** The name of what is aimed at. */
export function aimNameOf({ kind, code }: Aim, day: string, locale: Locale): string {
  const rate = kind === 'rate' ? ratesOn(day).find((one) => one.code === code) : undefined
  return rate ? t(locale, rate.name) : t(locale, texts.indexScore, { name: code })
}

export const levelText = ({ aim, value }: { readonly aim: Aim; readonly value: number }, locale: Locale): string =>
  aim.kind === 'rate'
    ? valueText(value)
    : t(locale, texts.scoreValue, { points: formatNumber(value, locale, Number.isInteger(value) ? 0 : 2) })

/** Words for what the log keeps, by the names of the campaign's own days. */
export interface Names {
  readonly directory: OrganisationDirectory
  readonly day: string
  readonly officers: ReadonlyMap<string, string>
  readonly locale: Locale
}

const unitName = (key: string, { directory }: Names): string => {
  const [code = '', validFrom = ''] = key.split('@')
  return directory.name(code, validFrom)
}

const scopeName = (scope: Scope, names: Names): string =>
  scope.kind === 'unit'
    ? names.directory.name(scope.code, scope.validFrom)
    : t(names.locale, scope.kind === 'tier' ? texts[scope.tier] : texts.all)

const targetName = (target: { readonly aim: Aim; readonly scope: Scope; readonly value: number }, names: Names): string =>
  `${aimNameOf(target.aim, names.day, names.locale)}, ${scopeName(target.scope, names)}: ${levelText(target, names.locale)}`

const changed = (name: string, before: string, after: string): string[] => (before === after ? [] : [`${name}: ${before} → ${after}`])

/** What was changed, line by line. */
function linesOf(act: CampaignAct, names: Names): string[] {
  const { locale } = names
  switch (act.kind) {
    case 'changed':
      return [
        ...changed(t(locale, texts.name), act.before.name, act.after.name),
        ...changed(t(locale, texts.decision), act.before.decision, act.after.decision),
        ...changed(t(locale, texts.begins), formatDay(act.before.begins), formatDay(act.after.begins)),
        ...changed(t(locale, texts.ends), formatDay(act.before.ends), formatDay(act.after.ends)),
      ]
    case 'targets-changed':
      return [
        t(locale, texts.changedFrom, { day: formatDay(act.from) }),
        ...act.ended.map((one) => t(locale, texts.takenAway, { what: targetName(one, names) })),
        ...act.added.map((one) => t(locale, texts.addedNow, { what: targetName(one, names) })),
      ]
    case 'units-changed':
      return [
        ...(act.added.length > 0 ? [t(locale, texts.addedNow, { what: act.added.map((key) => unitName(key, names)).join(', ') })] : []),
        ...(act.removed.length > 0
          ? [t(locale, texts.takenAway, { what: act.removed.map((key) => unitName(key, names)).join(', ') })]
          : []),
      ]
    case 'target-ended': {
      const { aim, scope, value, before, ends } = act
      const what = aim && scope && value !== undefined ? [targetName({ aim, scope, value }, names)] : []
      return [...what, ...changed(t(locale, texts.ends), before === NO_END ? '–' : formatDay(before), formatDay(ends))]
    }
    case 'ended':
      return changed(t(locale, texts.ends), formatDay(act.before), formatDay(act.ends))
    case 'reminded':
      return [t(locale, texts.reminded, { units: act.units, officers: act.officers })]
    case 'task-given':
      return [`${act.what} (${unitName(act.unitCode ?? '', names)}, ${formatDay(act.due)})`]
    case 'task-changed': {
      const unit = (code: string) => unitName(code, names)
      const officer = (id: string | null) => (id === null ? t(locale, texts.officerNone) : (names.officers.get(id) ?? '–'))
      return [
        ...(act.before.what === act.after.what ? [act.after.what] : []),
        ...changed(t(locale, texts.what), act.before.what, act.after.what),
        ...changed(t(locale, texts.unit), unit(act.before.unitCode), unit(act.after.unitCode)),
        ...changed(t(locale, texts.officer), officer(act.before.officerId), officer(act.after.officerId)),
        ...changed(t(locale, texts.due), formatDay(act.before.due), formatDay(act.after.due)),
      ]
    }
    case 'task-dropped':
      return [act.what]
    case 'task-done':
      return [act.note]
    default:
      return []
  }
}

const actTexts = {
  created: texts.wasCreated,
  published: texts.wasPublished,
  changed: texts.wasChanged,
  'targets-changed': texts.targetsWereChanged,
  'units-changed': texts.unitsWereChanged,
  'target-ended': texts.targetWasEnded,
  ended: texts.wasEnded,
  cancelled: texts.wasCancelled,
  reminded: texts.wasReminded,
  'task-given': texts.taskWasGiven,
  'task-changed': texts.taskWasChanged,
  'task-dropped': texts.taskWasDropped,
  'task-done': texts.taskWasDone,
} as const satisfies Record<CampaignAct['kind'], object>

/** What was done, the newest first. */
export const History = ({ acts, names }: { acts: readonly CampaignAct[]; names: Names }) => (
  <Timeline
    locale={names.locale}
    entries={acts.map((act) => {
      const lines = linesOf(act, names)
      const reason = 'reason' in act && act.reason
      return {
        title: t(names.locale, actTexts[act.kind]),
        when: formatInstant(act.at),
        who: act.who,
        ...(lines.length > 0 || reason
          ? {
              detail: (
                <>
                  <ul class="govuk-list cs-campaign__wins">
                    {lines.map((line) => (
                      <li>{line}</li>
                    ))}
                  </ul>
                  {reason && <p class="govuk-body-s">{t(names.locale, texts.because, { reason })}</p>}
                </>
              ),
            }
          : {}),
      }
    })}
  />
)

const Targets = ({ campaign, targets, names }: { campaign: Campaign; targets: readonly StoredTarget[]; names: Names }) => {
  const { locale } = names
  const order = ({ scope }: StoredTarget): string =>
    scope.kind === 'unit' ? `4${scope.code}` : scope.kind === 'tier' ? { province: '1', district: '2', commune: '3' }[scope.tier] : '0'
  const place = ({ aim }: StoredTarget): number => campaign.aims.indexOf(aimKey(aim))
  const rows = [...targets].sort((a, b) => place(a) - place(b) || order(a).localeCompare(order(b)) || a.from.localeCompare(b.from))
  return (
    <Table
      caption={t(locale, texts.targets)}
      captionHidden
      dense
      locale={locale}
      rows={rows}
      columns={[
        { key: 'aim', label: t(locale, texts.aim), header: true, cell: ({ aim }) => aimNameOf(aim, names.day, locale) },
        { key: 'whom', label: t(locale, texts.forWhom), cell: ({ scope }) => scopeName(scope, names) },
        { key: 'value', label: t(locale, texts.value), numeric: true, nowrap: true, cell: (target) => levelText(target, locale) },
        { key: 'days', label: t(locale, texts.days), nowrap: true, cell: ({ from, to }) => `${formatDay(from)} – ${formatDay(to)}` },
      ]}
    />
  )
}

const Units = ({ campaign, names }: { campaign: Campaign; names: Names }) => {
  const { locale } = names
  if (campaign.units.length === 0) return <p class="govuk-body">{t(locale, texts.unitsAll)}</p>
  return (
    <>
      <p class="govuk-body">{t(locale, texts.unitsNamed, { count: campaign.units.length })}</p>
      <ul class="govuk-list cs-campaign__pick">
        {campaign.units.map((key) => (
          <li>{unitName(key, names)}</li>
        ))}
      </ul>
    </>
  )
}

/** The names with which what was done to a campaign is told. */
export async function namesOf(c: Web, { ends }: Campaign, acts: readonly CampaignAct[]): Promise<Names> {
  const today = dayOf(c.get('app').clock())
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const ids = acts
    .flatMap((act) => (act.kind === 'task-changed' ? [act.before.officerId, act.after.officerId] : []))
    .flatMap((id) => id ?? [])
  const found = await c.get('app').db.read(c.get('province'), (tx) => officerNames(tx, ids))
  const officers = new Map([...found].map(([id, { name }]) => [id, name]))
  return { directory, officers, day: ends < today ? ends : today, locale: c.get('locale') }
}

/** GET /dieu-hanh/chien-dich/:id/noi-dung: what a campaign is, and everything that was done to it. */
export async function contentPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const id = c.req.param('id') ?? ''
  const { campaign, targets } = must(await campaignById(app, askerOf(c), id))
  const acts = must(await campaignHistory(app, askerOf(c), id))
  const today = dayOf(app.clock())
  const state = stateOf(campaign, today)
  const change = mayLead(app, askerOf(c)) && state !== 'cancelled'
  const names = await namesOf(c, campaign, acts)
  const head = (text: string, part: string, what: string) => (
    <div class="cs-page-head">
      <h2 class="govuk-heading-m">{text}</h2>
      {change && (
        <LinkButton href={campaignHref(id, part)} look="secondary">
          {what}
        </LinkButton>
      )}
    </div>
  )
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: `${texts.content.vi}, ${campaign.name}`, en: `${texts.content.en}, ${campaign.name}` },
      wide: true,
      back: { href: campaignHref(id), text: texts.back },
    },
    <div class="cs-campaign">
      {c.req.query('xong') && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.saved)}
        </NotificationBanner>
      )}
      <CampaignHead campaign={campaign} locale={locale} title={t(locale, texts.content)} />
      <CampaignTabs c={c} campaign={campaign} here="content" />
      {head(t(locale, texts.aboutCampaign), '/sua', t(locale, texts.changeAbout))}
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.name), value: campaign.name },
          { key: t(locale, texts.decision), value: campaign.decision },
          { key: t(locale, texts.days), value: `${formatDay(campaign.begins)} – ${formatDay(campaign.ends)}` },
          { key: t(locale, texts.state), value: t(locale, texts[state]) },
        ]}
      />
      {head(t(locale, texts.targets), '/muc-tieu', t(locale, texts.changeTargets))}
      <Targets campaign={campaign} targets={targets} names={names} />
      {head(t(locale, texts.unitsOf), '/don-vi', t(locale, texts.changeUnits))}
      <Units campaign={campaign} names={names} />
      {change && state !== 'over' && (
        <p class="govuk-body">
          <a class="govuk-link" href={campaignHref(id, '/ket-thuc')}>
            {t(locale, texts.endOrCancel)}
          </a>
        </p>
      )}
      <h2 class="govuk-heading-m">{t(locale, texts.history)}</h2>
      {acts.length > 0 ? <History acts={acts} names={names} /> : <p class="govuk-body cs-muted">{t(locale, texts.historyNone)}</p>}
    </div>,
  )
}
