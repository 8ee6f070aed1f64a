import type { Temporal } from 'temporal-polyfill'
import { type Day, dayOf, startOfDay, zoned } from '../../../kernel/clock.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  Details,
  EmptyState,
  formatDay,
  InsetText,
  LinkButton,
  page,
  readDate,
  Select,
  Table,
  Tag,
  TextInput,
  typedDate,
  WarningText,
} from '../../../ui/index.ts'
import { loadCalendar, moment } from '../../calendar/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { refusals } from '../errors.ts'
import { listVersions } from '../queries/lists.ts'
import { inForce, type VersionBody } from '../rules/procedure.ts'
import { compareProcesses, partNames } from '../rules/process-compare.ts'
import { type InternalProcess, processOf } from '../rules/process-definition.ts'
import { type DryRun, dryRun } from '../rules/process-plan.ts'
import { timeLimitText } from '../rules/words.ts'
import type { ProcedureVersion } from '../store.ts'
import { ADMIN } from './list-page.tsx'
import { ProcessList, ProcessPicture, placeText } from './process-picture.tsx'
import { roleWords, processWords as words } from './process-texts.ts'

export interface OpenedProcess {
  readonly code: string
  readonly versions: readonly ProcedureVersion[]
  /** The version looked at: the one named, else the one in force, else the latest. */
  readonly version: ProcedureVersion
  readonly directory: OrganisationDirectory
  readonly today: Day
}

export async function openProcess(c: Web): Promise<OpenedProcess> {
  const app = c.get('app')
  const code = c.req.param('code') ?? ''
  const today = dayOf(app.clock())
  const [versions, directory] = await Promise.all([
    app.db.read(c.get('province'), (tx) => listVersions(tx, code)),
    directoryOf(app, c.get('province')),
  ])
  const named = versions.find(({ version }) => String(version) === c.req.query('ban'))
  const current = inForce(
    versions.map((one) => ({ ...one, abolished: one.body.abolished })),
    today,
  )
  const version = named ?? versions.find((one) => one.version === current?.version) ?? versions[0]
  if (!version) throw new Refused(refusals.procedureNotFound)
  return { code, versions, version, directory, today }
}

export const namesOf =
  ({ directory, today }: Pick<OpenedProcess, 'directory' | 'today'>) =>
  (code: string): string =>
    directory.name(code, today)

/** The version that this one took the place of. */
const beforeOf = ({ versions, version }: OpenedProcess): ProcedureVersion | undefined => {
  const ordered = [...versions].sort((a, b) => (a.validFrom === b.validFrom ? a.version - b.version : a.validFrom < b.validFrom ? -1 : 1))
  return ordered[ordered.findIndex((one) => one.version === version.version) - 1]
}

const amountText = (amount: number, body: Pick<VersionBody, 'timeLimit'>, locale: Locale): string =>
  t(locale, timeLimitText({ amount, unit: body.timeLimit.unit }))

/** Two processes side by side, step by step; nothing when they are the same. */
export const Comparison = ({ before, after, locale }: { before: InternalProcess | undefined; after: InternalProcess; locale: Locale }) => {
  const changes = compareProcesses(before, after).filter(({ kind }) => kind !== 'same')
  if (changes.length === 0) return <p class="govuk-body">{t(locale, words.same)}</p>
  return (
    <ul class="govuk-list govuk-list--bullet">
      {changes.map(({ kind, before: was, after: is, parts }) => (
        <li>
          <strong>{t(locale, (is ?? was)?.name ?? { vi: '', en: '' })}</strong>:{' '}
          {kind === 'added'
            ? t(locale, words.added)
            : kind === 'removed'
              ? t(locale, words.removed)
              : t(locale, words.changed, { parts: parts.map((part) => t(locale, partNames[part as keyof typeof partNames])).join(', ') })}
          {parts.includes('allowance') && ` (${was?.allowance} → ${is?.allowance})`}
        </li>
      ))}
    </ul>
  )
}

/** The table of a dry run: who has it from when to when, and what would be late. */
export const DryRunTable = ({
  run,
  body,
  agencyName,
  locale,
}: {
  run: DryRun
  body: Pick<VersionBody, 'timeLimit'>
  agencyName: (code: string) => string
  locale: Locale
}) => (
  <>
    <p class="govuk-body">{t(locale, words.legalDue, { due: t(locale, moment(run.due)), total: amountText(run.total, body, locale) })}</p>
    {run.late && <WarningText locale={locale}>{t(locale, words.wouldBeLate)}</WarningText>}
    <Table
      caption={t(locale, words.dryRun)}
      captionHidden
      dense
      locale={locale}
      rows={run.steps.filter(({ skipped }) => !skipped)}
      columns={[
        { key: 'step', label: t(locale, words.step), header: true, cell: ({ step }) => t(locale, step.name) },
        {
          key: 'who',
          label: t(locale, words.who),
          cell: ({ step }) => `${t(locale, roleWords[step.role])}, ${placeText(step, agencyName, locale)}`,
        },
        { key: 'takes', label: t(locale, words.takes), cell: ({ step }) => amountText(step.allowance, body, locale) },
        { key: 'starts', label: t(locale, words.starts), cell: ({ startsAt }) => t(locale, moment(startsAt)) },
        { key: 'until', label: t(locale, words.until), cell: ({ dueAt }) => t(locale, moment(dueAt)) },
        {
          key: 'late',
          label: t(locale, words.inTime),
          labelHidden: true,
          cell: ({ late }) => <Tag tone={late ? 'bad' : 'good'}>{t(locale, late ? words.late : words.inTime)}</Tag>,
        },
      ]}
    />
  </>
)

interface Trial {
  readonly received: Temporal.Instant
  readonly extra: ReadonlyMap<string, number>
}

/** What the dry-run form asks: an instant (now when nothing was chosen), and a step that takes longer. */
function trialOf(c: Web): Trial {
  const query = c.req.query()
  const now = c.get('app').clock()
  const day = readDate(query, 'nhan') || undefined
  const [, hour = '8', minute = '0'] = /^(\d{1,2})[:hg](\d{0,2})$/.exec((query.gio ?? '').trim()) ?? []
  const minutes = Math.min(23, Number(hour)) * 60 + Math.min(59, Number(minute || 0))
  const received = day ? startOfDay(day).add({ minutes }) : now
  const by = Number((query.them ?? '').replace(',', '.'))
  const slow = query.cham ?? ''
  return { received, extra: slow && by > 0 && by <= 3650 ? new Map([[slow, by]]) : new Map() }
}

const two = (n: number): string => String(n).padStart(2, '0')

/** GET /quan-tri/thu-tuc/:code/quy-trinh: the picture, the words, a dry run and what changed since the version before. */
export async function processPage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const opened = await openProcess(c)
  const { code, version, versions } = opened
  const { body } = version
  const process = processOf(body)
  const agencyName = namesOf(opened)
  const mayPublish = app.access(c.get('province')).canAtRoot(c.get('actor'), 'catalogue.publish')
  const trial = trialOf(c)
  const calendar = await app.db.read(c.get('province'), (tx) => loadCalendar(tx))
  const run = process && dryRun(process, trial.received, body.timeLimit, calendar, { extra: trial.extra })
  const before = beforeOf(opened)
  const { hour, minute } = zoned(trial.received)
  const query = c.req.query()
  const published = versions.find((one) => String(one.version) === c.req.query('ban-hanh'))
  const flash = published && {
    kind: 'success' as const,
    text: { vi: t('vi', words.published, { version: published.version }), en: t('en', words.published, { version: published.version }) },
  }
  return page(
    c,
    { ...frame(c, 'admin'), title: words.title, wide: true, back: { href: `${ADMIN}/${code}` }, ...(flash ? { flash } : {}) },
    <>
      <div class="cs-page-head">
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">
            {code} · {t(locale, body.name)}
          </span>
          {t(locale, words.title)}
        </h1>
        {mayPublish && <LinkButton href={`${ADMIN}/${code}/quy-trinh/sua`}>{t(locale, words.edit)}</LinkButton>}
      </div>
      <p class="govuk-body cs-muted">
        {t(locale, words.version, { version: version.version, day: formatDay(version.validFrom) })} ·{' '}
        {t(locale, timeLimitText(body.timeLimit))}
      </p>
      {!process ? (
        <EmptyState title={t(locale, words.none)}>{t(locale, words.noneNext)}</EmptyState>
      ) : (
        <>
          <ProcessPicture process={process} unit={body.timeLimit.unit} agencyName={agencyName} locale={locale} id="quy-trinh" />
          <Details summary={t(locale, words.asList)}>
            <ProcessList process={process} unit={body.timeLimit.unit} agencyName={agencyName} locale={locale} />
          </Details>
          {body.linked && body.linked.length > 0 && (
            <InsetText>
              <strong>{t(locale, words.linked)}</strong>
              <ul class="govuk-list govuk-list--bullet">
                {body.linked.map((link) => (
                  <li>
                    <a class="govuk-link" href={`${ADMIN}/${link.code}/quy-trinh`}>
                      {link.code}
                    </a>
                    : {link.start === 'filing' ? t(locale, words.atFiling) : t(locale, words.atResult, { code: link.after ?? code })}
                  </li>
                ))}
              </ul>
            </InsetText>
          )}
          <h2 class="govuk-heading-m" id="chay-thu">
            {t(locale, words.dryRun)}
          </h2>
          <p class="govuk-body">{t(locale, words.dryRunLead)}</p>
          <form method="get" action={`${ADMIN}/${code}/quy-trinh#chay-thu`} class="cs-dry-run">
            <input type="hidden" name="ban" value={String(version.version)} />
            <DateInput
              name="nhan"
              label={t(locale, words.day)}
              value={query['nhan-day'] ? typedDate(query, 'nhan') : dayOf(trial.received)}
              locale={locale}
            />
            <TextInput name="gio" label={t(locale, words.time)} width={5} value={query.gio ?? `${two(hour)}:${two(minute)}`} />
            <Select
              name="cham"
              label={t(locale, words.slow)}
              empty={t(locale, words.nobodySlow)}
              options={process.steps.map((step) => ({ value: step.code, label: t(locale, step.name) }))}
              value={query.cham ?? ''}
            />
            <TextInput name="them" label={t(locale, words.by)} width={4} inputmode="decimal" value={query.them ?? ''} optional />
            <Button look="secondary">{t(locale, words.runIt)}</Button>
          </form>
          {run && <DryRunTable run={run} body={body} agencyName={agencyName} locale={locale} />}
          {before && (
            <>
              <h2 class="govuk-heading-m">{t(locale, words.compare, { version: before.version, day: formatDay(before.validFrom) })}</h2>
              <Comparison before={processOf(before.body)} after={process} locale={locale} />
            </>
          )}
        </>
      )}
    </>,
  )
}
