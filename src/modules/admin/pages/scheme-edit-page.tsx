import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type FieldError, type Refusal, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  formatNumber,
  InsetText,
  LinkButton,
  page,
  readDate,
  Select,
  TextArea,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import {
  type Action,
  actionText,
  beginFields,
  edited,
  opened,
  PUBLISHED_MEANWHILE,
  publishScheme,
  publishSchemeInput,
  readAction,
  readDecimal,
  readFields,
  readSchemeForm,
  type SchemeFields,
  type SchemeVersion,
  schemeVersionSchema,
} from '../../scheme/index.ts'
import { schemeEditTexts, schemeTexts as texts } from '../scheme-texts.ts'
import { ActionButton, EDIT } from './scheme-action.tsx'
import { Groups } from './scheme-groups.tsx'
import { Meanwhile, SEEN } from './scheme-meanwhile.tsx'
import { IndicatorFieldset } from './scheme-parts.tsx'
import { publicationNumber, SCHEMES, type Start, startOf } from './scheme-start.ts'
import { Trial, trialChoice, trialOf } from './scheme-trial.tsx'

/** A form of so many indicators can still be sent in one piece. */
const MOST_LINES = 100

interface Shown {
  readonly fields: SchemeFields
  readonly values?: URLSearchParams
  readonly refusal?: Refusal | undefined
  /** What was just done: its place is unfolded. */
  readonly action?: Action | undefined
  /** What is written, when it can be scored: shown beside the form once somebody asked. */
  readonly trial?: SchemeVersion | undefined
}

async function editPage(c: Web, start: Start, { fields: typed, values, refusal, action, trial }: Shown): Promise<Response> {
  const locale = c.get('locale')
  const { scheme, base } = start
  const fields = opened(typed, refusal?.fields ?? [])
  const error = errorsBy(locale, refusal?.fields)
  const field = (name: string) => ({ name, error: error(name), locale })
  const wrongIn = (n: number): boolean => refusal?.fields?.some(({ path }) => path.startsWith(`indicators.${n}.`)) ?? false
  const places = [0, 1, 2, 3, 4, 5, 6].map((n) => ({ value: String(n), label: t(locale, texts.places, { n }) }))
  const choice = await trialChoice(c, values?.get('thu') ?? '')
  const tried = trial && (await trialOf(c, choice, { before: base, after: trial }))
  const sum = fields.lines.reduce((all, { on, max }) => all + (on ? readDecimal(max) : 0), 0)
  const most = Number(sum.toFixed(2))
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.edit, wide: true, hasErrors: refusal !== undefined, back: { href: `${SCHEMES}/${scheme.code}` } },
    <>
      {refusal && <ErrorSummary errors={summaryOf(refusal.fields ?? [], fields)} message={refusal.message} locale={locale} />}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{t(locale, scheme.name)}</span>
        {t(locale, texts.edit)}
      </h1>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={EDIT} unsaved changed={values !== undefined} class="cs-scheme-form">
        {/* Enter in a field presses the first button of a form: this one publishes nothing. */}
        <button class="govuk-visually-hidden" type="submit" name="lam" value={actionText({ does: 'read' })} tabindex={-1}>
          {t(locale, schemeEditTexts.update)}
        </button>
        <input type="hidden" name="tu" value={scheme.code} />
        <input type="hidden" name="ban" value={base.validFrom} />
        <input type="hidden" name="lan" value={String(start.seen)} />
        <div class="cs-scheme-form__fields">
          <Meanwhile start={start} ticked={values?.get(SEEN) ?? null} error={error(SEEN)} locale={locale} />
          <TextInput {...field('name')} label={t(locale, texts.name)} value={fields.name} />
          <TextInput {...field('code')} label={t(locale, texts.code)} hint={t(locale, texts.codeHint)} value={fields.code} width={20} />
          <TextInput {...field('basis')} label={t(locale, texts.basis)} value={fields.basis} />
          <DateInput
            {...field('validFrom')}
            label={t(locale, texts.validFrom)}
            hint={t(locale, texts.validFromHint)}
            value={values ? typedDate(formObject(values), 'validFrom') : fields.validFrom}
          />
          <TextInput {...field('change')} label={t(locale, texts.changed)} value={fields.change} />
          <Select
            {...field('rounding')}
            label={t(locale, texts.rounding)}
            options={places}
            empty={t(locale, texts.notRounded)}
            value={fields.rounding}
          />
          <Select
            {...field('roundingTotal')}
            label={t(locale, texts.roundingTotal)}
            options={places}
            empty={false}
            value={fields.roundingTotal}
          />
          <TextArea {...field('bands')} label={t(locale, texts.bands)} hint={t(locale, texts.bandsHint)} rows={5} value={fields.bands} />
          <Groups fields={fields} groupings={base.groupings} error={error} locale={locale} />
          <h2 class="govuk-heading-m" id="indicators">
            {t(locale, texts.indicators)}
          </h2>
          {!Number.isNaN(most) && (
            <p class="govuk-body">{t(locale, schemeEditTexts.sumOfMax, { n: formatNumber(most, locale, most % 1 === 0 ? 0 : 2) })}</p>
          )}
          {fields.lines.map((line, n) => (
            <IndicatorFieldset
              fields={fields}
              line={line}
              n={n}
              groupings={base.groupings}
              unfolded={wrongIn(n) || (action !== undefined && 'line' in action && action.line === n && action.does !== 'remove')}
              error={error}
              locale={locale}
            />
          ))}
          <ActionButton fields={fields} does={{ does: 'add' }}>
            {t(locale, schemeEditTexts.add)}
          </ActionButton>
        </div>
        <Trial choice={choice} tried={tried} fields={fields} locale={locale} />
        <div class="cs-scheme-form__end">
          <Button>{t(locale, texts.publish)}</Button>
        </div>
      </Form>
    </>,
  )
}

/** GET /quan-tri/bo-chi-so/soan?tu=766: a form with everything of a version, to be changed and published as the province's own. */
export async function schemeEditPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  // The address of a form that was sent: what was typed in it came with the sending.
  if (c.req.query('tu') === undefined) return c.redirect(SCHEMES, 303)
  const start = await startOf(c, { from: c.req.query('tu'), of: c.req.query('ban') })
  const { scheme, base, source, own } = start
  const head = {
    name: own ? scheme.name.vi : `${scheme.name.vi} (tỉnh)`,
    code: own ? scheme.code : '',
    basis: own ? scheme.basis : '',
    validFrom: dayOf(c.get('app').clock()),
    change: '',
  }
  const fields = beginFields(head, base, source)
  if (fields.lines.length <= MOST_LINES) return editPage(c, start, { fields })
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.edit, back: { href: `${SCHEMES}/${scheme.code}` } },
    <>
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{t(locale, scheme.name)}</span>
        {t(locale, texts.edit)}
      </h1>
      <InsetText>{t(locale, schemeEditTexts.tooMany, { n: fields.lines.length })}</InsetText>
      <LinkButton href={`${SCHEMES}/${scheme.code}/json`}>{t(locale, texts.export)}</LinkButton>
    </>,
  )
}

/** Errors in the order of the page, and of an indicator's which one it is: there are dozens with the same fields. */
function summaryOf(errors: readonly FieldError[], fields: SchemeFields): FieldError[] {
  const lineOf = (path: string): number => Number(/^indicators\.(\d+)\./.exec(path)?.[1] ?? -1)
  const place = (path: string): number => (path.startsWith('indicators') ? 2 + lineOf(path) : path.startsWith('groupings') ? 1 : 0)
  const named = ({ path, message }: FieldError): FieldError => {
    const line = fields.lines[lineOf(path)]
    // Some rules say it themselves.
    if (!line || message.vi.startsWith('Chỉ số ')) return { path, message }
    const name = {
      vi: line.id ? `Chỉ số ${line.id}` : schemeEditTexts.fresh.vi,
      en: line.id ? `Indicator ${line.id}` : schemeEditTexts.fresh.en,
    }
    return { path, message: { vi: `${name.vi}: ${message.vi}`, en: `${name.en}: ${message.en}` } }
  }
  return [...errors].sort((a, b) => place(a.path) - place(b.path)).map(named)
}

/** Each field once, what only the form knows before what the scheme's rules say of the whole. */
function atFields(faults: readonly FieldError[], others: readonly FieldError[]): FieldError[] {
  const whole = new Set(faults.length > 0 ? ['groupings', 'indicators'] : [])
  const all = [...faults, ...others.filter(({ path }) => !whole.has(path))]
  return all.filter(({ path }, i) => all.findIndex((one) => one.path === path) === i)
}

/** POST /quan-tri/bo-chi-so/soan: publishes what the form says, or does what one of its buttons does and shows it again. */
export async function postScheme(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const start = await startOf(c, {
    from: values.get('tu') ?? undefined,
    of: values.get('ban') ?? undefined,
    seen: publicationNumber(values.get('lan')),
  })
  const day = readDate(formObject(values), 'validFrom')
  const sent = readFields(values, day ?? '', start.base.groupings.length)
  const said = values.get('lam')
  if (said !== null) {
    const action = readAction(said) ?? { does: 'read' }
    const fields = edited(sent, action)
    const { input, faults, fieldOf } = readSchemeForm(fields, start)
    // A trial asks for the rules alone: neither from which day they are to be nor what changed.
    const { version } = input as { version: object }
    const rules = parse(schemeVersionSchema, { ...version, validFrom: day ?? start.base.validFrom, change: start.base.change })
    const trial = rules.ok && faults.length === 0 ? rules.value : undefined
    if (action.does === 'try' && !trial) {
      const wrong = rules.ok ? [] : (rules.error.fields ?? []).map((one) => ({ ...one, path: fieldOf(one.path) }))
      return editPage(c, start, { fields, values, refusal: withFields(refusals.invalid, atFields(faults, wrong)) })
    }
    return editPage(c, start, { fields, values, action, trial: action.does === 'try' || values.has('da-thu') ? trial : undefined })
  }
  const { input, faults, fieldOf } = readSchemeForm(sent, start)
  const parsed = parse(publishSchemeInput, input)
  if (!parsed.ok || !day || faults.length > 0) {
    const wrong = (parsed.ok ? [] : (parsed.error.fields ?? [])).map((one): FieldError => ({ ...one, path: fieldOf(one.path) }))
    const days = day ? [] : [{ path: 'validFrom', message: texts.wrongDay }]
    return editPage(c, start, { fields: sent, values, refusal: withFields(refusals.invalid, atFields([...days, ...faults], wrong)) })
  }
  // Under another code it is another scheme, of which nothing can have been seen.
  const continued = start.own && parsed.value.code === start.scheme.code
  const seen = continued ? publicationNumber(values.get(SEEN)) || start.seen : 0
  const done = await runFor(c, values, 'index.publish-scheme', (cx) => publishScheme(cx, { ...parsed.value, seen }))
  if (!done.ok) {
    const overtaken = done.error.code === PUBLISHED_MEANWHILE
    const refusal = overtaken ? withFields(done.error, [{ path: SEEN, message: schemeEditTexts.meanwhileFirst }]) : done.error
    // What came meanwhile is read again: it may have come since this was begun.
    const shown = overtaken ? await startOf(c, { from: start.scheme.code, of: start.base.validFrom, seen: start.seen }) : start
    return editPage(c, shown, { fields: sent, values, refusal })
  }
  return c.redirect(`${SCHEMES}/${done.value.code}?ban=${done.value.validFrom}&xong=1`, 303)
}
