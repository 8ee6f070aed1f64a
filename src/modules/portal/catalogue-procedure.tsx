import { type Day, dayOf } from '../../kernel/clock.ts'
import { Refused } from '../../kernel/errors.ts'
import type { Web } from '../../kernel/http/context.ts'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import { Details, formatDay, formatNumber, formatWorkingDays, InsetText, LinkButton, page, Table, Tag } from '../../ui/index.ts'
import {
  type Component,
  copiesText,
  type Fee,
  feeKindNames,
  feeWhenNames,
  inForce,
  listVersions,
  moneyText,
  type ProcedureVersion,
  processOf,
  refusals,
  resolverText,
  serviceLevelHints,
  serviceLevelNames,
  storeNames,
  timeLimitText,
  UNKNOWN_START,
  type VersionBody,
} from '../catalogue/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { texts } from './catalogue-texts.ts'

/** How long dossiers of a procedure really took, in working days. */
export interface ActualDuration {
  readonly finished: number
  /** Half were done within this. */
  readonly median: number
  /** Four in five were done within this. */
  readonly mostWithin: number
}

const HowLong = ({ body, actual, locale }: { body: VersionBody; actual: ActualDuration | undefined; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.howLong)}</h2>
    <p class="govuk-body">{t(locale, texts.byLaw, { limit: t(locale, timeLimitText(body.timeLimit)) })}</p>
    <p class="govuk-body">
      {actual
        ? t(locale, texts.really, {
            median: formatWorkingDays(actual.median, locale),
            most: formatWorkingDays(actual.mostWithin, locale),
            n: formatNumber(actual.finished, locale),
          })
        : t(locale, texts.reallyNone)}
    </p>
  </>
)

const Cost = ({ fees, locale }: { fees: readonly Fee[]; locale: Locale }) => (
  <>
    <h2 class="govuk-heading-m">{t(locale, texts.cost)}</h2>
    {fees.length === 0 ? (
      <p class="govuk-body">{t(locale, moneyText(0))}.</p>
    ) : (
      <ul class="govuk-list govuk-list--bullet">
        {fees.map((fee) => (
          <li>
            {t(locale, fee.name)}:{' '}
            <strong>{fee.when === 'assessed' && fee.amount === 0 ? t(locale, texts.assessed) : t(locale, moneyText(fee.amount))}</strong>{' '}
            <span class="cs-muted">
              ({t(locale, feeKindNames[fee.kind]).toLowerCase()}
              {fee.amount > 0 || fee.when === 'assessed' ? `, ${t(locale, feeWhenNames[fee.when])}` : ''})
            </span>
            {fee.exemptions && (
              <>
                <br />
                {t(locale, fee.exemptions)}
              </>
            )}
          </li>
        ))}
      </ul>
    )}
  </>
)

const Needed = ({ components, locale }: { components: readonly Component[]; locale: Locale }) => {
  if (components.length === 0) {
    return (
      <>
        <h2 class="govuk-heading-m">{t(locale, texts.needed)}</h2>
        <p class="govuk-body">{t(locale, texts.nothingToBring)}</p>
      </>
    )
  }
  return (
    <Table
      caption={t(locale, texts.needed)}
      locale={locale}
      rows={components}
      columns={[
        {
          key: 'name',
          label: t(locale, texts.paper),
          header: true,
          cell: (one) => (
            <>
              {t(locale, one.name)}
              {!one.required && <span class="cs-muted"> ({t(locale, texts.onlyIf)})</span>}
              {one.note && (
                <>
                  <br />
                  <span class="cs-muted">{t(locale, one.note)}</span>
                </>
              )}
            </>
          ),
        },
        { key: 'copies', label: t(locale, texts.copies), cell: (one) => t(locale, copiesText(one)) },
        {
          key: 'held',
          label: t(locale, texts.have),
          cell: (one) =>
            one.held ? t(locale, texts.heldIn, { store: t(locale, storeNames[one.held]) }) : one.fromForm ? '—' : t(locale, texts.bring),
        },
      ]}
    />
  )
}

const Behind = ({ body, locale }: { body: VersionBody; locale: Locale }) => (
  <Details summary={t(locale, texts.behind)}>
    <ol class="govuk-list govuk-list--number">
      {(processOf(body)?.steps ?? []).map((step) => (
        <li>
          {t(locale, step.name)}{' '}
          <span class="cs-muted">
            ({t(locale, texts[step.role])}, {t(locale, timeLimitText({ amount: step.allowance, unit: body.timeLimit.unit }))})
          </span>
        </li>
      ))}
    </ol>
  </Details>
)

const Law = ({
  shown,
  versions,
  locale,
}: {
  shown: ProcedureViewProps['shown']
  versions: readonly ProcedureVersion[]
  locale: Locale
}) => (
  <Details summary={t(locale, texts.law)}>
    <p>
      {shown.validFrom === UNKNOWN_START ? t(locale, texts.sinceUnknown) : t(locale, texts.since, { day: formatDay(shown.validFrom) })}{' '}
      {shown.body.change && t(locale, texts.changed, { change: t(locale, shown.body.change) })}
    </p>
    <ul class="govuk-list govuk-list--bullet">
      {shown.body.legalBasis.map((law) => (
        <li>{law}</li>
      ))}
    </ul>
    {versions.length > 1 && (
      <ul class="govuk-list">
        {versions.map((version) => (
          <li>
            <a class="govuk-link" href={`/thu-tuc/${shown.code}?ngay=${version.validFrom}`}>
              {t(locale, texts.since, { day: formatDay(version.validFrom) })}
            </a>{' '}
            {version.body.change && t(locale, version.body.change)}
          </li>
        ))}
      </ul>
    )}
    {shown.body.sourceNote && <p class="cs-muted">{shown.body.sourceNote}</p>}
  </Details>
)

interface ProcedureViewProps {
  readonly shown: Pick<ProcedureVersion, 'code' | 'validFrom' | 'body' | 'codeCertainty'>
  /** Every version there is, newest first. */
  readonly versions: readonly ProcedureVersion[]
  /** The day it is shown for. */
  readonly on: Day
  readonly today: Day
  /** Who resolves, by name. */
  readonly agency: string
  readonly actual?: ActualDuration | undefined
  readonly locale: Locale
}

const ProcedureView = ({ shown, versions, on, today, agency, actual, locale }: ProcedureViewProps) => {
  const { body, code } = shown
  const next = versions.filter(({ validFrom }) => validFrom > today).at(-1)
  const mayStart = on === today && body.form !== null && body.serviceLevel !== 'none'
  return (
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, body.name)}</h1>
        <p class="govuk-body">
          <Tag tone={body.serviceLevel === 'full' ? 'good' : body.serviceLevel === 'partial' ? 'info' : 'neutral'}>
            {t(locale, serviceLevelNames[body.serviceLevel])}
          </Tag>{' '}
          <span class="cs-muted cs-nowrap">{t(locale, texts.code, { code })}</span>{' '}
          <span class="cs-muted">{shown.codeCertainty === 'unsure' && t(locale, texts.codeUnsure)}</span>
        </p>
        {on !== today && (
          <InsetText>
            {t(locale, texts.seeOn, { day: formatDay(on) })}{' '}
            <a class="govuk-link" href={`/thu-tuc/${code}`}>
              {t(locale, texts.seeToday)}
            </a>
          </InsetText>
        )}
        {on === today && next && <InsetText>{t(locale, texts.later, { day: formatDay(next.validFrom) })}</InsetText>}
        <h2 class="govuk-heading-m">{t(locale, texts.whatYouGet)}</h2>
        {body.description && <p class="govuk-body">{t(locale, body.description.what)}</p>}
        <ul class="govuk-list govuk-list--bullet">
          {body.results.map((result) => (
            <li>{t(locale, result.name)}</li>
          ))}
        </ul>
        {body.description && (
          <>
            <h2 class="govuk-heading-m">{t(locale, texts.whoMayAsk)}</h2>
            <p class="govuk-body">{t(locale, body.description.who)}</p>
          </>
        )}
        <HowLong body={body} actual={actual} locale={locale} />
        <Cost fees={body.fees} locale={locale} />
        <Needed components={body.components} locale={locale} />
        <p class="govuk-body">{t(locale, serviceLevelHints[body.serviceLevel])}</p>
        {mayStart ? (
          <LinkButton href={`/nop/${code}`} look="start">
            {t(locale, texts.start)}
          </LinkButton>
        ) : (
          on === today && <InsetText>{t(locale, texts.notOnline)}</InsetText>
        )}
        <h2 class="govuk-heading-m">{t(locale, texts.otherWays)}</h2>
        <ul class="govuk-list govuk-list--bullet">
          <li>{t(locale, texts.atCounter, { agency })}</li>
          <li>{t(locale, texts.byPost)}</li>
        </ul>
        {processOf(body) && <Behind body={body} locale={locale} />}
        <Law shown={shown} versions={versions} locale={locale} />
      </div>
    </div>
  )
}

/** The same page of a version that is not published yet: for whoever writes it. */
export const procedureView = (draft: { code: string; body: VersionBody; validFrom: Day; agency: string; locale: Locale }) => (
  <ProcedureView
    shown={{ ...draft, codeCertainty: 'sure' }}
    versions={[]}
    on={draft.validFrom}
    today={draft.validFrom}
    agency={draft.agency}
    locale={draft.locale}
  />
)

/** A procedure as a citizen asks about it: what, who, how long, how much, what to bring, start; then other ways and the fine print. */
export async function procedurePage(
  c: Web,
  actualDurations?: (c: Web, code: string) => Promise<ActualDuration | undefined>,
): Promise<Response> {
  const app = c.get('app')
  const [province, locale, code] = [c.get('province'), c.get('locale'), c.req.param('code') ?? '']
  const today = dayOf(app.clock())
  const asked = c.req.query('ngay')
  const on = asked && /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today
  const [versions, directory, actual] = await Promise.all([
    app.db.read(province, (tx) => listVersions(tx, code)),
    directoryOf(app, province),
    on === today ? actualDurations?.(c, code) : undefined,
  ])
  const shown = inForce(
    versions.map((one) => ({ ...one, abolished: one.body.abolished })),
    on,
  )
  if (!shown) throw new Refused(refusals.procedureNotFound)
  const { body } = shown
  const agency = t(
    locale,
    resolverText(body.resolver, (agencyCode) => directory.find(agencyCode, on)?.name),
  )
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: body.name,
      breadcrumbs: [{ text: t(locale, texts.listTitle), href: '/thu-tuc' }, { text: t(locale, body.name) }],
    },
    <ProcedureView shown={shown} versions={versions} on={on} today={today} agency={agency} actual={actual} locale={locale} />,
  )
}
