import type { Day } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { ButtonGroup, Details, formatDay, formatNumber, InsetText, LinkButton, page, SummaryList, Table, Tag } from '../../../ui/index.ts'
import { directoryOf } from '../directory.ts'
import { about, refusals } from '../errors.ts'
import { findUnit, type Kin, type UnitView } from '../queries/find-unit.ts'
import type { Agency } from '../rules/agency.ts'
import { certaintyNames, kindNames, texts, tierNames } from '../texts.ts'
import { askedDay, lifetime, unitHref } from './days.ts'

const Facts = ({ c, unit }: { c: Web; unit: UnitView }) => {
  const locale = c.get('locale')
  const { shown } = unit
  const parent = unit.path.at(-2)
  return (
    <SummaryList
      locale={locale}
      rows={[
        { key: t(locale, texts.code), value: <span class="cs-nowrap">{shown.code}</span> },
        { key: t(locale, texts.name), value: shown.name },
        { key: t(locale, texts.tier), value: t(locale, tierNames[shown.tier]) },
        { key: t(locale, texts.kind), value: t(locale, kindNames[shown.kind]) },
        {
          key: t(locale, texts.parent),
          value: parent ? (
            <a class="govuk-link" href={unitHref(parent.code, unit.inForce ? unit.day : (shown.validTo ?? unit.day))}>
              {parent.shortName}
            </a>
          ) : (
            (shown.parentCode ?? t(locale, texts.none))
          ),
        },
        { key: t(locale, texts.areaCode), value: shown.areaCode ?? t(locale, texts.none) },
        { key: t(locale, texts.inForce), value: lifetime(c, shown) },
        { key: t(locale, texts.certainty), value: t(locale, certaintyNames[shown.certainty]) },
        { key: t(locale, texts.source), value: shown.source || t(locale, texts.none) },
        ...(shown.note ? [{ key: t(locale, texts.note), value: shown.note }] : []),
      ]}
    />
  )
}

const Versions = ({ c, unit }: { c: Web; unit: UnitView }) => {
  const locale = c.get('locale')
  return (
    <Table
      caption={t(locale, texts.versions)}
      dense
      locale={locale}
      rows={unit.versions}
      columns={[
        { key: 'life', label: t(locale, texts.inForce), header: true, nowrap: true, cell: (version) => lifetime(c, version) },
        {
          key: 'name',
          label: t(locale, texts.name),
          cell: (version) =>
            version === unit.shown ? (
              <strong>{version.name}</strong>
            ) : (
              <a class="govuk-link" href={unitHref(version.code, version.validTo ?? version.validFrom)}>
                {version.name}
              </a>
            ),
        },
        { key: 'parent', label: t(locale, texts.parentCode), nowrap: true, cell: (version) => version.parentCode ?? '' },
        { key: 'source', label: t(locale, texts.source), cell: (version) => version.source },
        { key: 'certainty', label: t(locale, texts.certainty), cell: (version) => t(locale, certaintyNames[version.certainty]) },
      ]}
    />
  )
}

const KinName = ({ kin }: { kin: Kin }) => {
  const key = kin.direction === 'from' ? kin.link.from : kin.link.to
  const day: Day = kin.direction === 'from' ? (kin.agency?.validTo ?? key.validFrom) : kin.link.effectiveDay
  return (
    <>
      <a class="govuk-link" href={unitHref(key.code, day)}>
        {kin.agency?.shortName ?? key.code}
      </a>{' '}
      <span class="cs-muted cs-nowrap">{key.code}</span>
    </>
  )
}

const LineageTable = ({ kin, locale }: { kin: readonly Kin[]; locale: Locale }) => {
  if (kin.length === 0) return <p class="govuk-body">{t(locale, texts.noLineage)}</p>
  return (
    <>
      <Table
        caption={t(locale, texts.lineage)}
        captionHidden
        dense
        locale={locale}
        rows={kin}
        columns={[
          { key: 'day', label: t(locale, texts.day), nowrap: true, cell: (row) => formatDay(row.link.effectiveDay) },
          {
            key: 'direction',
            label: t(locale, texts.direction),
            cell: (row) => t(locale, row.direction === 'from' ? texts.cameFrom : texts.became),
          },
          { key: 'agency', label: t(locale, texts.agency), header: true, cell: (row) => <KinName kin={row} /> },
          {
            key: 'share',
            label: t(locale, texts.share),
            cell: (row) => <Tag tone={row.link.share === 'part' ? 'waiting' : 'neutral'}>{t(locale, texts[row.link.share])}</Tag>,
          },
          { key: 'note', label: t(locale, texts.note), cell: (row) => row.link.note || row.link.source },
        ]}
      />
      {kin.some((row) => row.link.share === 'part') && <InsetText>{t(locale, texts.notAllocable)}</InsetText>}
    </>
  )
}

const Below = ({ agencies, day, locale }: { agencies: readonly Agency[]; day: Day; locale: Locale }) => (
  <Details summary={`${t(locale, texts.children)}: ${formatNumber(agencies.length, locale)}`} open={agencies.length <= 20}>
    <ul class="govuk-list">
      {agencies.map((agency) => (
        <li>
          <a class="govuk-link" href={unitHref(agency.code, day)}>
            {agency.shortName}
          </a>{' '}
          <span class="cs-muted cs-nowrap">{agency.code}</span>
        </li>
      ))}
    </ul>
  </Details>
)

const Hamlets = ({ unit, locale }: { unit: UnitView; locale: Locale }) => (
  <Details summary={t(locale, texts.hamletCount, { n: formatNumber(unit.hamlets.length, locale) })}>
    {unit.hamlets.some((hamlet) => hamlet.certainty === 'simulated') && <p class="govuk-body-s">{t(locale, texts.simulatedHamlets)}</p>}
    <ul class="govuk-list">
      {unit.hamlets.map((hamlet) => (
        <li>
          {hamlet.name} {hamlet.note && <span class="cs-muted">({hamlet.note})</span>}
        </li>
      ))}
    </ul>
  </Details>
)

const Actions = ({ unit, locale }: { unit: UnitView; locale: Locale }) => {
  const base = `/quan-tri/co-quan/${encodeURIComponent(unit.code)}`
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.actions)}</h2>
      <ButtonGroup>
        {(['revise', 'merge', 'split', 'close'] as const).map((change) => (
          <LinkButton href={`${base}/${changePaths[change]}`} look="secondary">
            {t(locale, texts[change])}
          </LinkButton>
        ))}
      </ButtonGroup>
    </>
  )
}

/** Where each change of a unit has its page. */
export const changePaths = { revise: 'phien-ban-moi', merge: 'nhap', split: 'chia', close: 'ket-thuc' } as const

/** `/quan-tri/co-quan/:code`: one unit with its history both ways. */
export async function unitPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const code = c.req.param('code') ?? ''
  const { day } = askedDay(c)
  const directory = await directoryOf(app, c.get('province'))
  const unit = await app.db.read(c.get('province'), (tx) => findUnit(tx, directory, code, day))
  if (!unit) throw new Refused(about(refusals.agencyNotFound, code))
  const lives = unit.versions.some((version) => version.validTo === null)
  const mayEdit = lives && app.access(c.get('province')).canAtRoot(c.get('actor'), 'organisation.edit')
  const at = unit.inForce ? day : (unit.shown.validTo ?? day)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: unit.shown.shortName,
      wide: true,
      breadcrumbs: [
        { text: t(locale, texts.title), href: `/quan-tri/co-quan?ngay=${at}` },
        ...unit.path.slice(0, -1).map((agency) => ({ text: agency.shortName, href: unitHref(agency.code, at) })),
        { text: unit.shown.shortName },
      ],
      ...(c.req.query('da') === 'ghi' ? { flash: { kind: 'success' as const, text: texts.saved } } : {}),
    },
    <>
      <h1 class="govuk-heading-l">
        {unit.shown.shortName} <Tag tone="accent">{t(locale, texts.onDay, { day: formatDay(day) })}</Tag>
      </h1>
      {!unit.inForce && <InsetText>{t(locale, texts.gone, { day: formatDay(day) })}</InsetText>}
      <Facts c={c} unit={unit} />
      <Versions c={c} unit={unit} />
      <h2 class="govuk-heading-m">{t(locale, texts.lineage)}</h2>
      <LineageTable kin={unit.kin} locale={locale} />
      {unit.children.length > 0 && <Below agencies={unit.children} day={at} locale={locale} />}
      {unit.hamlets.length > 0 && <Hamlets unit={unit} locale={locale} />}
      {mayEdit && <Actions unit={unit} locale={locale} />}
    </>,
  )
}
