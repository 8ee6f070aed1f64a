import { randomUUID } from 'node:crypto'
import type { FieldError, Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  ButtonGroup,
  Checkbox,
  DateInput,
  Details,
  ErrorSummary,
  errorsBy,
  Form,
  InsetText,
  page,
  readDate,
  Select,
  TextArea,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { publishVersion, publishVersionInput } from '../commands/publish-version.ts'
import { refusals } from '../errors.ts'
import { type ConsultationRule, type InternalProcess, processOf, stepRoles } from '../rules/process-definition.ts'
import { changeOf, placeKey, processOfJson, readProcess, startRows, writeProcess } from '../rules/process-edit.ts'
import { longestPath, processMistakes } from '../rules/process-graph.ts'
import { dryRun } from '../rules/process-plan.ts'
import { branchNames, changeRows, rowsOfProcess, type StepRow } from '../rules/process-rows.ts'
import { timeLimitText } from '../rules/words.ts'
import { mistakes } from '../texts.ts'
import { ADMIN } from './list-page.tsx'
import { Comparison, DryRunTable, namesOf, type OpenedProcess, openProcess } from './process-page.tsx'
import { ProcessList, ProcessPicture } from './process-picture.tsx'
import { roleWords, processWords as words } from './process-texts.ts'

interface State {
  readonly values: URLSearchParams
  readonly rows: readonly StepRow[]
  readonly consultation: ConsultationRule | undefined
  readonly nested?: boolean
  readonly errors?: readonly FieldError[]
  readonly refusal?: Refusal
  /** The checked process, to be looked at before it is published. */
  readonly checked?: InternalProcess
  readonly json?: string
}

/** Mistakes of the graph name a step by its code; the page shows them at its row. */
const atRows = (errors: readonly FieldError[], rows: readonly StepRow[]): FieldError[] =>
  errors.map((error) => {
    const [, code, part] = /^process\.(.+)\.(\w+)$/.exec(error.path) ?? []
    const n = rows.findIndex((row) => row.code === code)
    const field = part === 'next' ? 'branch' : part
    return n < 0 ? error : { ...error, path: `steps.${n}.${field}` }
  })

function placeOptions(opened: OpenedProcess, rows: readonly StepRow[], locale: Locale): { value: string; label: string }[] {
  const { directory, today } = opened
  const agencies = directory.list(today, { tier: 'province' }).filter(({ kind }) => kind === 'department' || kind === 'people_committee')
  const options = [
    { value: 'resolving', label: t(locale, words.resolving) },
    { value: 'reception', label: t(locale, words.reception) },
    ...agencies.map(({ code, shortName }) => ({ value: `named ${code}`, label: shortName })),
    ...['01', '02', '03'].map((part) => ({ value: `child ${part}`, label: t(locale, words.child, { part }) })),
  ]
  const known = new Set(options.map(({ value }) => value))
  for (const { agency } of rows) {
    const key = placeKey(agency)
    if (known.has(key)) continue
    known.add(key)
    options.push({ value: key, label: agency.kind === 'named' ? directory.name(agency.agencyCode, today) : key })
  }
  return options
}

interface RowProps {
  readonly n: number
  readonly row: StepRow
  readonly rows: readonly StepRow[]
  readonly value: (name: string) => string
  readonly places: readonly { value: string; label: string }[]
  readonly errorOf: (path: string) => string | undefined
  readonly locale: Locale
}

const Row = ({ n, row, rows, value, places, errorOf, locale }: RowProps) => {
  const name = (part: string): string => `steps.${n}.${part}`
  const at = (part: string) => ({ name: name(part), value: value(name(part)), error: errorOf(name(part)) })
  const act = (kind: string, label: string) => (
    <button class="cs-link-button" type="submit" name="do" value={`${kind} ${n}`} formnovalidate>
      {label}
      <span class="govuk-visually-hidden"> {row.name.vi || n + 1}</span>
    </button>
  )
  return (
    <fieldset
      class={row.branch ? 'govuk-fieldset cs-item cs-process-row cs-process-row--branch' : 'govuk-fieldset cs-item cs-process-row'}
      id={`row-${n}`}
    >
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
        {t(locale, words.step)} {n + 1}
        {row.branch && ` · ${t(locale, words.inBranch, { branch: row.branch })}`}
      </legend>
      <input type="hidden" name={name('code')} value={row.code} />
      <input type="hidden" name={name('was')} value={value(name('was'))} />
      <input type="hidden" name={name('en')} value={value(name('en'))} />
      <div class="cs-process-row__fields">
        <TextInput {...at('name')} label={t(locale, words.name)} maxlength={200} />
        <Select
          {...at('role')}
          label={t(locale, words.role)}
          options={stepRoles.map((role) => ({ value: role, label: t(locale, roleWords[role]) }))}
        />
        <Select {...at('place')} label={t(locale, words.place)} options={[...places]} />
        <TextInput {...at('allowance')} label={t(locale, words.takes)} inputmode="decimal" width={4} />
        <Select
          {...at('branch')}
          label={t(locale, words.branch)}
          options={[
            { value: '', label: t(locale, words.alone) },
            ...branchNames.map((branch) => ({ value: branch, label: t(locale, words.inBranch, { branch }) })),
          ]}
        />
      </div>
      <Details summary={t(locale, words.condition)} open={Boolean(row.when || row.back)}>
        <Select
          {...at('back')}
          label={t(locale, words.back)}
          empty={t(locale, words.noBack)}
          options={rows.slice(0, n).map((one) => ({ value: one.code, label: one.name.vi }))}
        />
        <TextInput {...at('field')} label={t(locale, words.when)} optional maxlength={100} />
        <TextArea {...at('is')} label={t(locale, words.whenIs)} rows={2} />
      </Details>
      <p class="govuk-body-s cs-process-row__acts">
        {act('add', t(locale, words.add))} {act('branch', t(locale, words.beside))} {n > 0 && act('up', t(locale, words.up))}{' '}
        {n < rows.length - 1 && act('down', t(locale, words.down))} {rows.length > 1 && act('remove', t(locale, words.remove))}
      </p>
    </fieldset>
  )
}

async function show(c: Web, opened: OpenedProcess, state: State): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const { code, version } = opened
  const { body } = version
  const { rows, consultation, checked, refusal } = state
  const errors = atRows(refusal?.fields?.length ? refusal.fields : (state.errors ?? []), rows)
  const failed = errors.length > 0 || refusal !== undefined
  const typed = writeProcess(rows, consultation)
  // What was typed stays as it was typed, also where it could not be read.
  for (const [name, value] of state.values) typed.set(name, value)
  typed.set('rows', String(rows.length))
  const value = (name: string): string => typed.get(name) ?? ''
  const errorOf = errorsBy(locale, errors)
  const agencyName = namesOf(opened)
  const limit = t(locale, timeLimitText(body.timeLimit))
  const calendar = checked && (await app.db.read(c.get('province'), (tx) => loadCalendar(tx)))
  const places = placeOptions(opened, rows, locale)
  if (failed) c.status(refusal?.status ?? 422)
  return page(
    c,
    { ...frame(c, 'admin'), title: words.editTitle, wide: true, back: { href: `${ADMIN}/${code}/quy-trinh` }, hasErrors: failed },
    <>
      <ErrorSummary errors={errors} message={refusal && t(locale, refusal.message)} locale={locale} />
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">
          {code} · {t(locale, body.name)}
        </span>
        {t(locale, words.editTitle)}
      </h1>
      <InsetText>{t(locale, words.editLead, { limit })}</InsetText>
      {state.nested && <InsetText>{t(locale, words.nested)}</InsetText>}
      {checked && calendar && (
        <>
          <h2 class="govuk-heading-m" id="hinh">
            {t(locale, words.picture)}
          </h2>
          <ProcessPicture process={checked} unit={body.timeLimit.unit} agencyName={agencyName} locale={locale} id="xem-truoc" />
          <Details summary={t(locale, words.asList)}>
            <ProcessList process={checked} unit={body.timeLimit.unit} agencyName={agencyName} locale={locale} />
          </Details>
          {errors.length === 0 && (
            <>
              <p class="govuk-body">
                <strong>
                  {t(locale, words.fine, {
                    total: t(locale, timeLimitText({ amount: longestPath(checked), unit: body.timeLimit.unit })),
                    limit,
                  })}
                </strong>
              </p>
              <Details summary={t(locale, words.dryRun)}>
                <DryRunTable
                  run={dryRun(checked, app.clock(), body.timeLimit, calendar)}
                  body={body}
                  agencyName={agencyName}
                  locale={locale}
                />
              </Details>
              <h3 class="govuk-heading-s">
                {t(locale, words.compare, { version: version.version, day: version.validFrom.split('-').reverse().join('/') })}
              </h3>
              <Comparison before={processOf(body)} after={checked} locale={locale} />
            </>
          )}
        </>
      )}
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} unsaved>
        {/* Enter checks; it never presses the first button that changes the rows. */}
        <button class="govuk-visually-hidden" type="submit" name="do" value="see" tabindex={-1}>
          {t(locale, words.see)}
        </button>
        <input type="hidden" name="rows" value={String(rows.length)} />
        {rows.map((row, n) => (
          <Row n={n} row={row} rows={rows} value={value} places={places} errorOf={errorOf} locale={locale} />
        ))}
        <TextInput
          name="opinionDays"
          label={t(locale, words.opinions)}
          optional
          width={3}
          inputmode="numeric"
          value={value('opinionDays')}
          error={errorOf('opinionDays')}
        />
        <Checkbox name="stopsClock" label={t(locale, words.stopsClock)} checked={value('stopsClock') === '1'} />
        <Details summary={t(locale, words.json)} open={state.nested || state.json !== undefined}>
          <TextArea
            name="json"
            label={t(locale, words.json)}
            rows={10}
            value={state.json ?? JSON.stringify(checked ?? processOf(body) ?? {}, null, 2)}
            error={errorOf('json')}
          />
          <Button look="secondary" name="do" value="load">
            {t(locale, words.load)}
          </Button>
        </Details>
        {checked && errors.length === 0 && (
          <>
            <DateInput
              name="validFrom"
              label={t(locale, words.from)}
              value={typedDate(Object.fromEntries(state.values), 'validFrom')}
              error={errorOf('validFrom')}
              locale={locale}
            />
            <TextInput name="change" label={t(locale, words.change)} optional value={value('change')} maxlength={300} />
          </>
        )}
        <ButtonGroup>
          <Button look={checked && errors.length === 0 ? 'secondary' : 'primary'} name="do" value="see">
            {t(locale, words.see)}
          </Button>
          {checked && errors.length === 0 && (
            <Button name="do" value="publish">
              {t(locale, words.publish)}
            </Button>
          )}
        </ButtonGroup>
      </Form>
    </>,
  )
}

/** GET /quan-tri/thu-tuc/:code/quy-trinh/sua: the rows of the process in force. */
export async function editProcessPage(c: Web): Promise<Response> {
  const opened = await openProcess(c)
  const process = processOf(opened.version.body)
  const { rows, nested } = startRows(process)
  return show(c, opened, { values: new URLSearchParams(), rows, consultation: process?.consultation, nested })
}

/** POST: a button changes the rows, shows the picture, or publishes. What was typed is never lost on the way. */
export async function sendProcess(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const opened = await openProcess(c)
  const button = values.get('do') ?? 'see'
  const edited = readProcess({ get: (name) => values.get(name) ?? '' }, words)
  const { rows, consultation } = edited
  const change = changeOf(button)
  if (change) {
    const other = new URLSearchParams(
      [...values].filter(([name]) => name === 'opinionDays' || name === 'stopsClock' || name.startsWith('validFrom')),
    )
    return show(c, opened, { values: other, rows: changeRows(rows, change), consultation })
  }
  const json = values.get('json') ?? ''
  if (button === 'load') {
    const process = processOfJson(json)
    if (!process) return show(c, opened, { values, rows, consultation, json, errors: [{ path: 'json', message: words.badJson }] })
    const loaded = rowsOfProcess(process)
    const errors = processMistakes(process, opened.version.body.timeLimit.amount)
    return show(c, opened, {
      values: new URLSearchParams(),
      rows: loaded ?? [],
      consultation: process.consultation,
      nested: loaded === undefined,
      checked: process,
      json,
      errors,
    })
  }
  // Branches inside branches are not in the rows: what counts then is the box.
  const process = rows.length === 0 ? (processOfJson(json) ?? edited.process) : edited.process
  const errors = [...edited.errors, ...processMistakes(process, opened.version.body.timeLimit.amount)]
  const state = { values, rows, consultation, checked: process, nested: rows.length === 0, ...(rows.length === 0 ? { json } : {}) }
  if (button !== 'publish' || errors.length > 0) return show(c, opened, { ...state, errors })

  const validFrom = readDate(Object.fromEntries(values), 'validFrom')
  if (!validFrom)
    return show(c, opened, { ...state, refusal: { ...refusals.startsInThePast, fields: [{ path: 'validFrom', message: mistakes.day }] } })
  const said = (values.get('change') ?? '').trim()
  const { change: _before, ...body } = opened.version.body
  const input = publishVersionInput.safeParse({
    code: opened.code,
    validFrom,
    body: { ...body, steps: [], process, ...(said ? { change: { vi: said, en: said } } : {}) },
  })
  if (!input.success) return show(c, opened, { ...state, refusal: refusals.processIsWrong })
  const result = await runFor(c, values, 'catalogue.publish-version', (cx) => publishVersion(cx, input.data))
  return result.ok
    ? c.redirect(`${ADMIN}/${opened.code}/quy-trinh?ban=${result.value.version}&ban-hanh=${result.value.version}`, 303)
    : show(c, opened, { ...state, refusal: result.error })
}
