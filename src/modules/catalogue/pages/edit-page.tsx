import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import { type FieldError, refusals as kernelRefusals, type Refusal, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  InsetText,
  page,
  readDate,
  Table,
  WarningText,
} from '../../../ui/index.ts'
import { directoryOf, type OrganisationDirectory } from '../../organisation/index.ts'
import { publishVersion, publishVersionInput } from '../commands/publish-version.ts'
import { refusals } from '../errors.ts'
import { listFields, listLifeEvents, listVersions } from '../queries/lists.ts'
import type { Difference } from '../rules/difference.ts'
import { readEdit, resolverKey } from '../rules/edit.ts'
import { inForce, type ResolverRule, tiers, type VersionBody } from '../rules/procedure.ts'
import { decidePublication } from '../rules/publish.ts'
import { copiesText, feeWhenNames, moneyText, resolverText, serviceLevelNames, tierNames, timeLimitText } from '../rules/words.ts'
import type { ProcedureVersion } from '../store.ts'
import { mistakes, texts } from '../texts.ts'
import { EditFields, startOf } from './edit-fields.tsx'
import { ADMIN } from './list-page.tsx'

interface Opened {
  readonly code: string
  readonly versions: readonly ProcedureVersion[]
  /** The version the page starts from: in force today, or else the latest. */
  readonly before: VersionBody
  readonly directory: OrganisationDirectory
}

async function open(c: Web): Promise<Opened> {
  const app = c.get('app')
  const code = c.req.param('code') ?? ''
  const [versions, directory] = await Promise.all([
    app.db.read(c.get('province'), (tx) => listVersions(tx, code)),
    directoryOf(app, c.get('province')),
  ])
  const current = inForce(
    versions.map((one) => ({ ...one, abolished: one.body.abolished })),
    dayOf(app.clock()),
  )
  const before = (current ?? versions[0])?.body
  if (!before) throw new Refused(refusals.procedureNotFound)
  return { code, versions, before, directory }
}

const agencyNames =
  (directory: OrganisationDirectory, day: string) =>
  (code: string): string | undefined =>
    directory.find(code, day)?.name

/** Everyone who may resolve: departments of today, people's committees by place, any agency of a tier; and what is there now. */
function resolverChoices(c: Web, { directory, before }: Opened): { value: string; label: string }[] {
  const [locale, day] = [c.get('locale'), dayOf(c.get('app').clock())]
  const rules: ResolverRule[] = [
    ...directory
      .list(day, { tier: 'province' })
      .flatMap(({ kind, code }): ResolverRule[] => (kind === 'department' ? [{ kind: 'agency', agencyCode: code }] : [])),
    ...(['residence', 'event', 'land', 'business', 'any'] as const).map(
      (place): ResolverRule => ({ kind: 'people_committee', tier: 'commune', place }),
    ),
    ...tiers.filter((tier) => tier !== 'district').map((tier): ResolverRule => ({ kind: 'tier', tier })),
  ]
  const known = rules.some((rule) => resolverKey(rule) === resolverKey(before.resolver)) ? rules : [before.resolver, ...rules]
  return known.map((rule) => ({ value: resolverKey(rule), label: t(locale, resolverText(rule, agencyNames(directory, day))) }))
}

interface State {
  readonly typed: URLSearchParams
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
}

async function show(c: Web, opened: Opened, { typed, errors = [], refusal }: State): Promise<Response> {
  const app = c.get('app')
  const [province, locale] = [c.get('province'), c.get('locale')]
  const [fields, lifeEvents] = await Promise.all([app.db.read(province, listFields), app.db.read(province, listLifeEvents)])
  const faults = refusal?.fields?.length ? refusal.fields : errors
  const failed = faults.length > 0 || refusal !== undefined
  if (failed) c.status(refusal?.status ?? 422)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.editTitle, back: { href: `${ADMIN}/${opened.code}` }, hasErrors: failed },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={faults} message={refusal && t(locale, refusal.message)} locale={locale} />
        <h1 class="govuk-heading-l">
          <span class="govuk-caption-l">
            {opened.code} · {t(locale, opened.before.name)}
          </span>
          {t(locale, texts.editTitle)}
        </h1>
        <InsetText>{t(locale, texts.editHint)}</InsetText>
        <Form csrfToken={c.get('csrf')} unsaved>
          <EditFields
            typed={typed}
            before={opened.before}
            fields={fields}
            lifeEvents={lifeEvents}
            resolvers={resolverChoices(c, opened)}
            locale={locale}
            errorOf={errorsBy(locale, faults)}
          />
          <Button name="step" value="preview">
            {t(locale, texts.preview)}
          </Button>
        </Form>
      </div>
    </div>,
  )
}

/** One part of a version in words, for the two columns of the preview. */
function inWords(part: Difference['part'], body: VersionBody, locale: Locale, nameOf: (code: string) => string | undefined): string[] {
  switch (part) {
    case 'name':
      return [body.name.vi, body.name.en]
    case 'tiers':
      return body.tiers.map((tier) => t(locale, tierNames[tier]))
    case 'resolver':
      return [t(locale, resolverText(body.resolver, nameOf))]
    case 'serviceLevel':
      return [t(locale, serviceLevelNames[body.serviceLevel])]
    case 'timeLimit':
      return [t(locale, timeLimitText(body.timeLimit))]
    case 'fees':
      return body.fees.map((fee) => `${t(locale, fee.name)}: ${t(locale, moneyText(fee.amount))} (${t(locale, feeWhenNames[fee.when])})`)
    case 'components':
      return body.components.map((one) => `${t(locale, one.name)}: ${t(locale, copiesText(one)).toLowerCase()}${one.required ? '' : ' *'}`)
    case 'steps':
      return body.steps.map(
        (step) => `${t(locale, step.name)}: ${t(locale, timeLimitText({ amount: step.allowance, unit: body.timeLimit.unit }))}`,
      )
    case 'results':
      return body.results.map((result) => t(locale, result.name))
    case 'description':
      return body.description ? [t(locale, body.description.what), t(locale, body.description.who)] : []
    case 'abolished':
      return [body.abolished ? t(locale, texts.ended) : '—']
    default: {
      const value = body[part]
      return Array.isArray(value) ? value.map(String) : [value === null || value === undefined ? '—' : String(value)]
    }
  }
}

const Lines = ({ lines }: { lines: readonly string[] }) => (
  <ul class="govuk-list govuk-!-margin-bottom-0">
    {lines.map((line) => (
      <li>{line}</li>
    ))}
  </ul>
)

function preview(
  c: Web,
  opened: Opened,
  validFrom: string,
  body: VersionBody,
  changed: readonly Difference[],
  typed: URLSearchParams,
): Response | Promise<Response> {
  const locale = c.get('locale')
  const nameOf = agencyNames(opened.directory, dayOf(c.get('app').clock()))
  const kept = [...typed].filter(([name]) => !name.startsWith('_') && name !== 'step')
  const hidden = kept.map(([name, value]) => <input type="hidden" name={name} value={value} />)
  const current = inForce(
    opened.versions.map((one) => ({ ...one, abolished: one.body.abolished })),
    validFrom,
  )
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.previewTitle, back: { href: `${ADMIN}/${opened.code}` } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {opened.code} · {t(locale, body.name)}
        </span>
        {t(locale, texts.previewTitle)}
      </h1>
      <Table
        caption={t(locale, texts.changed)}
        captionHidden
        locale={locale}
        rows={changed}
        columns={[
          { key: 'part', label: t(locale, texts.changed), header: true, cell: (row) => t(locale, row.label) },
          {
            key: 'before',
            label: t(locale, texts.before),
            cell: (row) => <Lines lines={current ? inWords(row.part, current.body, locale, nameOf) : []} />,
          },
          {
            key: 'after',
            label: t(locale, texts.after, { day: formatDay(validFrom) }),
            cell: (row) => <Lines lines={inWords(row.part, body, locale, nameOf)} />,
          },
        ]}
      />
      <WarningText locale={locale}>{t(locale, texts.openKeep)}</WarningText>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
        {hidden}
        <ButtonGroup>
          <Button name="step" value="publish">
            {t(locale, texts.publish)}
          </Button>
          <Button look="secondary" name="step" value="edit">
            {t(locale, texts.goBack)}
          </Button>
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** GET /quan-tri/thu-tuc/:code/phien-ban-moi: the version of today, to be changed. */
export async function editPage(c: Web): Promise<Response> {
  const opened = await open(c)
  return show(c, opened, { typed: startOf(opened.before, resolverKey(opened.before.resolver)) })
}

/** POST: first shows what would change, then publishes. What was typed is never lost on the way. */
export async function sendEdit(c: Web): Promise<Response> {
  const app = c.get('app')
  const { values: typed } = await readForm(c)
  const opened = await open(c)
  const step = typed.get('step')
  if (step === 'edit') return show(c, opened, { typed })
  const { body, errors } = readEdit({ get: (name) => typed.get(name) ?? '', all: (name) => typed.getAll(name) }, opened.before)
  const validFrom = readDate(Object.fromEntries(typed), 'validFrom')
  if (!validFrom || errors.length > 0) {
    return show(c, opened, { typed, errors: validFrom ? errors : [{ path: 'validFrom', message: mistakes.day }, ...errors] })
  }
  const known = opened.versions.map((one) => ({ ...one, abolished: one.body.abolished }))
  const decision = decidePublication(known, body, validFrom, dayOf(app.clock()))
  if (!decision.ok) return show(c, opened, { typed, refusal: decision.error })
  if (step !== 'publish') return preview(c, opened, validFrom, body, decision.value.differences, typed)

  const input = publishVersionInput.safeParse({ code: opened.code, validFrom, body })
  if (!input.success) return show(c, opened, { typed, refusal: kernelRefusals.badRequest })
  const call = {
    province: c.get('province'),
    actor: c.get('actor'),
    requestId: requestIdOf(typed),
    locale: c.get('locale'),
    name: 'catalogue.publish-version',
  }
  const result = await run(app, call, (cx) => publishVersion(cx, input.data))
  return result.ok
    ? c.redirect(`${ADMIN}/${opened.code}?ban-hanh=${result.value.version}`, 303)
    : show(c, opened, { typed, refusal: result.error })
}
