import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkbox,
  Checkboxes,
  DateInput,
  ErrorSummary,
  errorsBy,
  FilterChips,
  Form,
  formatDay,
  InsetText,
  page,
  Radios,
  SummaryList,
  TextInput,
  typedDate,
} from '../../../ui/index.ts'
import { agencyCode as agencyCodeInput, type CalendarChange, setHoursInput, setRulesInput } from '../input.ts'
import { findSettings, type Settings } from '../queries/settings.ts'
import { pauseReasons } from '../rules/ledger.ts'
import { hoursTexts as texts } from '../settings-texts.ts'
import { hoursInput, places, rulesInput, type Typed, timeText, typedHours, typedRules, weekdays } from './hours-form.ts'
import { changeHref, draft, reaches } from './year-page.tsx'

const HREF = '/quan-tri/lich/gio'
export const hoursHref = (agencyCode: string): string => (agencyCode === '' ? HREF : `${HREF}?co-quan=${agencyCode}`)

interface State {
  readonly agencyCode: string
  /** What was typed into one of the two forms, when it has to be mended. */
  readonly hours?: Typed
  readonly rules?: Typed
  readonly refusal?: Refusal
}

const nameOf = (c: Web, code: string): string => (code === '' ? t(c.get('locale'), texts.wholeProvince) : code)

const HoursGrid = ({ c, typed }: { c: Web; typed: Typed }) => {
  const locale = c.get('locale')
  const names = t(locale, texts.weekdays).split(' · ')
  const labels = t(locale, texts.places).split(' · ')
  return (
    <div class="cs-hours-frame">
      <table class="govuk-table cs-hours">
        <caption class="govuk-visually-hidden">{t(locale, texts.hours)}</caption>
        <thead>
          <tr>
            <th scope="col" class="govuk-table__header">
              {t(locale, texts.weekday)}
            </th>
            {labels.map((label) => (
              <th scope="col" class="govuk-table__header">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdays.map((weekday, row) => (
            <tr>
              <th scope="row" class="govuk-table__header">
                {names[row]}
              </th>
              {places.map((place, at) => (
                <td class="govuk-table__cell">
                  <input
                    class="govuk-input govuk-input--width-5"
                    type="text"
                    inputmode="numeric"
                    maxlength={5}
                    id={`w${weekday}${place}`}
                    name={`w${weekday}${place}`}
                    value={String(typed[`w${weekday}${place}`] ?? '')}
                    aria-label={`${names[row]}: ${labels[at]}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const DatedFields = ({ c, typed, refusal, agencyCode }: { c: Web; typed: Typed; refusal?: Refusal; agencyCode: string }) => {
  const locale = c.get('locale')
  const errorOf = errorsBy(locale, refusal?.fields)
  return (
    <>
      <input type="hidden" name="agencyCode" value={agencyCode} />
      <DateInput
        name="validFrom"
        label={t(locale, texts.validFrom)}
        hint={t(locale, texts.validFromHint)}
        value={typedDate(typed as Record<string, string>, 'validFrom')}
        error={errorOf('validFrom')}
        locale={locale}
      />
      <TextInput
        name="source"
        label={t(locale, texts.source)}
        hint={t(locale, texts.sourceHint)}
        value={String(typed.source ?? '')}
        error={errorOf('source')}
      />
    </>
  )
}

const HoursForm = ({ c, settings, state }: { c: Web; settings: Settings; state: State }) => {
  const locale = c.get('locale')
  const typed = state.hours ?? { ...typedHours(settings.schedule.hours), saturdayCounts: settings.schedule.saturdayCounts ? '1' : '' }
  const refusal = state.hours ? state.refusal : undefined
  const wrong = refusal?.fields?.find(({ path }) => /^w\d|^hours/.test(path))
  return (
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={HREF} unsaved>
      {wrong && <p class="govuk-error-message">{t(locale, wrong.message)}</p>}
      <p class="govuk-hint">{t(locale, texts.hoursHint)}</p>
      <HoursGrid c={c} typed={typed} />
      <Checkbox
        name="saturdayCounts"
        label={t(locale, texts.saturdayCounts)}
        hint={t(locale, texts.saturdayHint)}
        checked={typed.saturdayCounts === '1'}
        error={errorsBy(locale, refusal?.fields)('saturdayCounts')}
      />
      {settings.agencyCode !== '' && <Checkbox name="inherits" label={t(locale, texts.inherits)} checked={typed.inherits === '1'} />}
      <DatedFields c={c} typed={typed} refusal={refusal} agencyCode={settings.agencyCode} />
      <Button>{t(locale, texts.look)}</Button>
    </Form>
  )
}

const RulesForm = ({ c, settings, state }: { c: Web; settings: Settings; state: State }) => {
  const locale = c.get('locale')
  const typed = state.rules ?? typedRules(settings.rules)
  const refusal = state.rules ? state.refusal : undefined
  const errorOf = errorsBy(locale, refusal?.fields)
  const radios = (name: 'startDay' | 'lateReceipt' | 'endDay' | 'endTime') => (
    <Radios
      name={name}
      label={t(locale, texts[name].label)}
      value={String(typed[name] ?? '')}
      error={errorOf(name)}
      small
      options={Object.entries(texts[name].options).map(([value, label]) => ({ value, label: t(locale, label) }))}
    />
  )
  const reasons = pauseReasons.flatMap((value) => (value === 'other' ? [] : [{ value, label: t(locale, texts.reasons[value]) }]))
  return (
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/quan-tri/lich/cach-tinh" unsaved>
      {radios('startDay')}
      <TextInput name="cutOff" label={t(locale, texts.cutOff)} width={5} value={String(typed.cutOff ?? '')} error={errorOf('cutOff')} />
      {radios('lateReceipt')}
      {radios('endDay')}
      {radios('endTime')}
      <Checkboxes name="pauses" label={t(locale, texts.pauses)} values={[...(typed.pauses ?? [])]} options={reasons} small />
      <Checkboxes
        name="restarts"
        label={t(locale, texts.restarts)}
        hint={t(locale, texts.restartsHint)}
        values={[...(typed.restarts ?? [])]}
        options={reasons}
        small
      />
      {settings.agencyCode !== '' && (
        <Checkbox name="inherits" id="rules-inherits" label={t(locale, texts.inheritsRules)} checked={typed.inherits === '1'} />
      )}
      <DatedFields c={c} typed={typed} refusal={refusal} agencyCode={settings.agencyCode} />
      <Button>{t(locale, texts.look)}</Button>
    </Form>
  )
}

const Effective = ({ c, settings }: { c: Web; settings: Settings }) => {
  const locale = c.get('locale')
  const { schedule, rules } = settings
  const names = t(locale, texts.weekdays).split(' · ')
  const rows = weekdays.map((weekday, at) => {
    const stretches = schedule.hours.filter((row) => row.weekday === weekday)
    const hours = stretches.map((row) => `${timeText(row.opens)}–${timeText(row.closes)}`).join(', ')
    const aside = weekday === 6 && hours !== '' && !schedule.saturdayCounts ? ` (${t(locale, texts.notCounted)})` : ''
    return { key: names[at] ?? '', value: hours === '' ? t(locale, texts.off) : `${hours}${aside}` }
  })
  return (
    <>
      <p class="govuk-body">
        {t(locale, texts.from, { who: nameOf(c, schedule.agencyCode), day: formatDay(schedule.validFrom) })}
        {schedule.source !== '' && ` ${schedule.source}.`}
      </p>
      <SummaryList rows={rows} plain />
      <p class="govuk-body">
        {t(locale, texts.cutOffNow, { time: timeText(rules.cutOff) })} {t(locale, texts.startDay.options[rules.startDay])}.{' '}
        {t(locale, texts.endDay.options[rules.endDay])}.
      </p>
    </>
  )
}

const Own = ({ c, settings }: { c: Web; settings: Settings }) => {
  const locale = c.get('locale')
  const entries = [
    ...settings.ownSchedules.map((entry) => ({ what: 'hours' as const, entry })),
    ...settings.ownRules.map((entry) => ({ what: 'rules' as const, entry })),
  ].filter(({ entry }) => entry.validFrom > '1900-01-01')
  if (entries.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.own)}</h2>
      <ul class="govuk-list">
        {entries.map(({ what, entry }) => (
          <li class="cs-inline-form">
            <span>
              {t(locale, entry.inherits ? texts.ownInherits : texts[`own-${what}`], { day: formatDay(entry.validFrom) })}
              {entry.source !== '' && <span class="cs-muted"> {entry.source}</span>}
            </span>
            {reaches(c, settings.agencyCode) && (
              <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${HREF}/bo`}>
                <input type="hidden" name="what" value={what} />
                <input type="hidden" name="agencyCode" value={settings.agencyCode} />
                <input type="hidden" name="validFrom" value={entry.validFrom} />
                <Button look="secondary">
                  {t(locale, texts.remove)} <span class="govuk-visually-hidden">{formatDay(entry.validFrom)}</span>
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

async function show(c: Web, state: State): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const { refusal, agencyCode } = state
  const settings = await app.db.snapshot(c.get('province'), (tx) => findSettings(tx, agencyCode, dayOf(app.clock())))
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: texts.title,
      wide: true,
      back: { href: '/quan-tri/lich', text: t(locale, texts.calendar) },
      hasErrors: refusal !== undefined,
    },
    <>
      {refusal && (
        <ErrorSummary errors={refusal.fields ?? []} locale={locale} message={refusal.fields ? undefined : t(locale, refusal.message)} />
      )}
      <h1 class="govuk-heading-l">
        <span class="govuk-caption-l">{nameOf(c, agencyCode)}</span>
        {t(locale, texts.title)}
      </h1>
      <form method="get" action={HREF} class="cs-inline-form">
        <TextInput name="co-quan" label={t(locale, texts.agency)} width={10} value={agencyCode} />
        <Button look="secondary">{t(locale, texts.show)}</Button>
      </form>
      {settings.others.length > 0 && (
        <FilterChips
          label={t(locale, texts.others)}
          locale={locale}
          chips={['', ...settings.others].map((code) => ({ text: nameOf(c, code), href: hoursHref(code), on: code === agencyCode }))}
        />
      )}
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Effective c={c} settings={settings} />
          <Own c={c} settings={settings} />
          {reaches(c, agencyCode) ? (
            <>
              <h2 class="govuk-heading-m">{t(locale, texts.setHours)}</h2>
              <InsetText>{t(locale, texts.inheritance)}</InsetText>
              <HoursForm c={c} settings={settings} state={state} />
              <h2 class="govuk-heading-m">{t(locale, texts.setRules)}</h2>
              <RulesForm c={c} settings={settings} state={state} />
            </>
          ) : (
            <InsetText>{t(locale, texts.notYours)}</InsetText>
          )}
        </div>
      </div>
    </>,
  )
}

const codeOf = (text: string | string[] | undefined): string => {
  const code = agencyCodeInput.safeParse(typeof text === 'string' ? text : '')
  return code.success ? code.data : ''
}

/** `/quan-tri/lich/gio?co-quan=H12.20`: opening hours and rules of an agency today, what it decided itself, and forms to change them. */
export const hoursPage = (c: Web): Promise<Response> => show(c, { agencyCode: codeOf(c.req.query('co-quan')) })

async function send(c: Web, typed: Typed, change: CalendarChange, again: Omit<State, 'agencyCode' | 'refusal'>): Promise<Response> {
  const done = await draft(c, typed as Record<string, string>, change)
  if (done.ok) return c.redirect(changeHref(done.value.id), 303)
  return show(c, { agencyCode: codeOf(typed.agencyCode), refusal: done.error, ...again })
}

/** Drafts new opening hours. */
export async function setHoursPost(c: Web): Promise<Response> {
  const typed: Typed = formObject((await readForm(c)).values)
  const input = parse(setHoursInput, hoursInput(typed))
  if (!input.ok) return show(c, { agencyCode: codeOf(typed.agencyCode), hours: typed, refusal: input.error })
  return send(c, typed, { kind: 'set-hours', value: input.value }, { hours: typed })
}

/** Drafts new rules of counting. */
export async function setRulesPost(c: Web): Promise<Response> {
  const typed: Typed = formObject((await readForm(c)).values, ['pauses', 'restarts'])
  const input = parse(setRulesInput, rulesInput(typed))
  if (!input.ok) return show(c, { agencyCode: codeOf(typed.agencyCode), rules: typed, refusal: input.error })
  return send(c, typed, { kind: 'set-rules', value: input.value }, { rules: typed })
}

/** Drafts taking back what an agency decided from a day on. */
export async function removeSettingPost(c: Web): Promise<Response> {
  const typed: Typed = formObject((await readForm(c)).values)
  const value = { agencyCode: codeOf(typed.agencyCode), validFrom: String(typed.validFrom ?? '') }
  return send(c, typed, { kind: typed.what === 'rules' ? 'remove-rules' : 'remove-hours', value }, {})
}
