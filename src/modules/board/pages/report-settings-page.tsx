import { dayOf } from '../../../kernel/clock.ts'
import { type FieldError, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { uuidv7 } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Checkboxes,
  DateInput,
  ErrorSummary,
  errorsBy,
  Form,
  formatDay,
  formatInstant,
  page,
  Radios,
  readDate,
  Select,
  Table,
  TextInput,
} from '../../../ui/index.ts'
import { officersAt } from '../../identity/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { changeWeeklySettings, listSettings, recipientRoles, settingsOn, type WeeklySettings } from '../../reporting/index.ts'
import { reportTexts as texts } from '../report-texts.ts'
import { REPORTS, ReportTabs, weekdayName } from './report-list-page.tsx'

const HREF = `${REPORTS}/cau-hinh`
const tiers = ['province', 'district', 'commune'] as const

/** Officers who may read reports and hold their role at the top of the province. */
export async function offered(c: Web): Promise<{ id: string; name: string }[]> {
  const app = c.get('app')
  const day = dayOf(app.clock())
  const root = (await directoryOf(app, c.get('province'))).root(day)?.code
  if (!root) return []
  const found = new Map<string, string>()
  for (const role of recipientRoles) {
    const officers = await app.db.read(c.get('province'), (tx) => officersAt(tx, { role, agencyCode: root, ancestors: [root], day }))
    for (const { id, name } of officers) found.set(id, name)
  }
  return [...found].map(([id, name]) => ({ id, name }))
}

/** GET /dieu-hanh/bao-cao/cau-hinh */
export const reportSettingsPage = (c: Web): Promise<Response> => show(c, [], undefined)

/** POST /dieu-hanh/bao-cao/cau-hinh */
export async function changeReportSettings(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const kind = values.get('period.kind') ?? ''
  const from = readDate(formObject(values), 'period.from')
  const known = await offered(c)
  const settings = {
    weekday: values.get('weekday'),
    time: (values.get('time') ?? '').trim(),
    alarmAfter: values.get('alarmAfter'),
    period: kind === 'since' ? { kind, from: from ?? '' } : { kind },
    tiers: values.getAll('tiers'),
    roles: values.getAll('roles'),
    officers: known.filter(({ id }) => values.getAll('officers').includes(id)),
    silentDays: values.get('silentDays'),
  }
  const validFrom = readDate(formObject(values), 'validFrom')
  if (!validFrom) {
    const message = { vi: 'Chọn ngày bắt đầu áp dụng.', en: 'Choose the first day.' }
    return show(c, [{ path: 'validFrom', message }], settings as unknown as WeeklySettings)
  }
  const done = await runFor(c, values, 'reporting.settings', (cx) => changeWeeklySettings(cx, { validFrom, settings }))
  if (done.ok) return c.redirect(`${HREF}?xong=${validFrom}`, 303)
  if (done.error.status !== 422) throw new Refused(done.error)
  const fields = done.error.fields ?? [{ path: 'validFrom', message: done.error.message }]
  return show(c, fields, settings as unknown as WeeklySettings)
}

async function show(c: Web, errors: readonly FieldError[], typed: WeeklySettings | undefined): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const today = dayOf(app.clock())
  const all = await app.db.read(c.get('province'), listSettings)
  const value = typed ?? settingsOn(all, today)
  const officers = await offered(c)
  const errorOf = errorsBy(locale, errors)
  const done = c.req.query('xong')
  if (errors.length > 0) c.status(422)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: texts.settings,
      hasErrors: errors.length > 0,
      ...(done && /^\d{4}-\d\d-\d\d$/.test(done)
        ? { flash: { kind: 'success', text: t(locale, texts.savedFlash, { day: formatDay(done) }) } }
        : {}),
    },
    <>
      <ErrorSummary errors={errors} locale={locale} />
      <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
      <ReportTabs c={c} current="settings" />
      <h2 class="govuk-heading-m">{t(locale, texts.settings)}</h2>
      <p class="govuk-body">
        {t(locale, texts.settingsLead)} {t(locale, texts.told)}
      </p>
      <Form csrfToken={c.get('csrf')} requestId={uuidv7(app.clock().epochMilliseconds)} unsaved>
        <DateInput name="validFrom" label={t(locale, texts.validFrom)} value={today} error={errorOf('validFrom')} locale={locale} />
        <Select
          name="weekday"
          label={t(locale, texts.weekday)}
          empty={false}
          value={String(value.weekday)}
          error={errorOf('weekday')}
          options={[1, 2, 3, 4, 5, 6, 7].map((one) => ({ value: String(one), label: weekdayName(one, locale) }))}
        />
        <TextInput
          name="time"
          label={t(locale, texts.time)}
          hint={t(locale, texts.timeHint)}
          width={5}
          value={value.time}
          error={errorOf('time')}
        />
        <TextInput
          name="alarmAfter"
          label={t(locale, texts.alarmAfter)}
          width={4}
          inputmode="numeric"
          value={String(value.alarmAfter)}
          error={errorOf('alarmAfter')}
        />
        <Radios
          name="period.kind"
          label={t(locale, texts.periodKind)}
          value={value.period.kind}
          error={errorOf('period.kind') ?? errorOf('period')}
          options={[
            { value: 'year', label: t(locale, texts.kindYear) },
            { value: 'quarter', label: t(locale, texts.kindQuarter) },
            { value: 'month', label: t(locale, texts.kindMonth) },
            { value: 'since', label: t(locale, texts.kindSince) },
          ]}
        />
        <DateInput
          name="period.from"
          label={t(locale, texts.sinceDay)}
          hint={t(locale, texts.sinceHint)}
          value={value.period.kind === 'since' && value.period.from ? value.period.from : undefined}
          error={errorOf('period.from')}
          locale={locale}
        />
        <Checkboxes
          name="tiers"
          label={t(locale, texts.tiers)}
          hint={t(locale, texts.tiersHint)}
          values={[...value.tiers]}
          options={tiers.map((tier) => ({ value: tier, label: t(locale, texts[tier]) }))}
        />
        <Checkboxes
          name="roles"
          label={t(locale, texts.roles)}
          values={[...value.roles]}
          options={recipientRoles.map((role) => ({ value: role, label: t(locale, texts[role]) }))}
        />
        {officers.length > 0 && (
          <Checkboxes
            name="officers"
            label={t(locale, texts.officers)}
            hint={t(locale, texts.officersHint)}
            small
            values={value.officers.map(({ id }) => id)}
            options={officers.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <TextInput
          name="silentDays"
          label={t(locale, texts.silentDays)}
          width={3}
          inputmode="numeric"
          value={String(value.silentDays)}
          error={errorOf('silentDays')}
        />
        <Button>{t(locale, texts.save)}</Button>
      </Form>
      {all.length > 0 && (
        <Table
          caption={t(locale, texts.earlier)}
          dense
          locale={locale}
          rows={all.toReversed()}
          columns={[
            { key: 'from', label: t(locale, texts.validFrom), header: true, cell: (row) => formatDay(row.validFrom) },
            {
              key: 'when',
              label: t(locale, texts.weekday),
              cell: (row) => `${weekdayName(row.weekday, locale)}, ${row.time}`,
            },
            { key: 'who', label: t(locale, texts.who), cell: (row) => `${row.setBy}, ${formatInstant(row.setAt)}` },
          ]}
        />
      )}
    </>,
  )
}
