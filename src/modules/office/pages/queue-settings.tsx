import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { run } from '../../../kernel/command.ts'
import type { Officer } from '../../../kernel/context.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { parse, readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, Form, formatDay, NotificationBanner, page, TextArea, TextInput } from '../../../ui/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { type QueueSettings, setSettings, settingsBody, settingsOf } from '../../queue/index.ts'
import { dayFrom } from './act.ts'
import { texts } from './queue-texts.ts'

const COLLECT = 'nhận kết quả'
const fieldsOf = ['linh-vuc', 'diem', 'uu-tien', 'lien-tiep', 'quay-lai', 'phut', 'nhieu-nhat'] as const

/** Settings as people write them: one item a line. */
const written = (settings: QueueSettings): Record<(typeof fieldsOf)[number], string> => ({
  'linh-vuc': settings.categories
    .map(({ letter, name, fields, collect }) => [letter, name.vi, name.en, fields.join(', '), ...(collect ? [COLLECT] : [])].join('; '))
    .join('\n'),
  diem: settings.points.map(({ number, letters }) => `${number}: ${letters.join(', ')}`).join('\n'),
  'uu-tien': settings.priority.grounds.map(({ code, name }) => [code, name.vi, name.en].join('; ')).join('\n'),
  'lien-tiep': String(settings.priority.inRow),
  'quay-lai': String(settings.absent.returnMinutes),
  phut: String(settings.assumedMinutes),
  'nhieu-nhat': String(settings.dailyMost),
})

const lines = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
const parts = (line: string, by: string): string[] => line.split(by).map((part) => part.trim())
const list = (text = ''): string[] => parts(text, ',').filter(Boolean)

/** What was written, read back; zod says what it cannot be. */
function readWritten(values: URLSearchParams) {
  const of = (name: (typeof fieldsOf)[number]): string => values.get(name) ?? ''
  const number = (name: (typeof fieldsOf)[number]): number => Number(of(name).replace(',', '.') || Number.NaN)
  return parse(settingsBody, {
    categories: lines(of('linh-vuc')).map((line) => {
      const [letter = '', vi = '', en = '', fields, last] = parts(line, ';')
      return { letter: letter.toUpperCase(), name: { vi, en: en || vi }, fields: list(fields), ...(last ? { collect: true } : {}) }
    }),
    points: lines(of('diem')).map((line) => {
      const [n = '', letters] = parts(line, ':')
      return { number: Number(n), letters: list(letters).map((letter) => letter.toUpperCase()) }
    }),
    priority: {
      inRow: number('lien-tiep'),
      grounds: lines(of('uu-tien')).map((line) => {
        const [code = '', vi = '', en = ''] = parts(line, ';')
        return { code, name: { vi, en: en || vi } }
      }),
    },
    absent: { returnMinutes: number('quay-lai') },
    assumedMinutes: number('phut'),
    dailyMost: number('nhieu-nhat'),
  })
}

/** Where in the settings → which field of the page. */
const fieldFor = (path: string): string => {
  if (path.startsWith('categories')) return 'linh-vuc'
  if (path.startsWith('points')) return 'diem'
  if (path === 'priority.inRow') return 'lien-tiep'
  if (path.startsWith('priority')) return 'uu-tien'
  if (path.startsWith('absent')) return 'quay-lai'
  return path === 'assumedMinutes' ? 'phut' : path === 'dailyMost' ? 'nhieu-nhat' : path
}

/** GET /mot-cua/hang-cho/cai-dat */
export const queueSettingsPage = (c: Web): Promise<Response> => show(c)

async function show(c: Web, values?: URLSearchParams, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const officer = c.get('actor') as Officer
  const access = app.access(c.get('province'))
  const agencyCode =
    values?.get('noi') ??
    c.req.query('noi') ??
    officer.grants.find((grant) => access.can(officer, 'queue.settings', grant))?.agencyCode ??
    ''
  if (!access.can(officer, 'queue.settings', { agencyCode })) throw new Refused(refusals.denied)
  const directory = await directoryOf(app, c.get('province'))
  const today = dayOf(app.clock())
  const now = written(await settingsOf(app, c.get('province'), agencyCode))
  const value = (name: (typeof fieldsOf)[number]): string => values?.get(name) ?? now[name]
  const errorOf = errorsBy(locale, refusal?.fields)
  const saved = c.req.query('tu')
  if (refusal) c.status(refusal.status)
  const small = { inputmode: 'numeric', width: 3, locale } as const
  return page(
    c,
    { ...frame(c, 'office'), title: texts.settings, hasErrors: refusal !== undefined, back: { href: '/mot-cua/hang-cho/so-lieu' } },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
        {saved && !refusal && (
          <NotificationBanner kind="success" locale={locale}>
            {t(locale, texts.saved, { day: formatDay(saved) })}
          </NotificationBanner>
        )}
        <h1 class="govuk-heading-l">{t(locale, texts.settings)}</h1>
        <p class="govuk-body">
          <strong>{directory.name(agencyCode, today)}</strong>. {t(locale, texts.settingsLead)}
        </p>
        <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action="/mot-cua/hang-cho/cai-dat" unsaved>
          <input type="hidden" name="noi" value={agencyCode} />
          <TextInput
            name="tu"
            label={t(locale, texts.validFrom)}
            value={values?.get('tu') ?? formatDay(today)}
            error={errorOf('tu')}
            width={10}
            locale={locale}
          />
          <TextArea
            name="linh-vuc"
            label={t(locale, texts.categories)}
            hint={t(locale, texts.categoriesHint)}
            value={value('linh-vuc')}
            rows={7}
            error={errorOf('linh-vuc')}
            locale={locale}
          />
          <TextArea
            name="diem"
            label={t(locale, texts.points)}
            hint={t(locale, texts.pointsHint)}
            value={value('diem')}
            rows={5}
            error={errorOf('diem')}
            locale={locale}
          />
          <TextArea
            name="uu-tien"
            label={t(locale, texts.grounds)}
            hint={t(locale, texts.groundsHint)}
            value={value('uu-tien')}
            rows={5}
            error={errorOf('uu-tien')}
            locale={locale}
          />
          <TextInput name="lien-tiep" label={t(locale, texts.inRow)} value={value('lien-tiep')} error={errorOf('lien-tiep')} {...small} />
          <TextInput
            name="quay-lai"
            label={t(locale, texts.returnMinutes)}
            value={value('quay-lai')}
            error={errorOf('quay-lai')}
            {...small}
          />
          <TextInput name="phut" label={t(locale, texts.assumed)} value={value('phut')} error={errorOf('phut')} {...small} />
          <TextInput
            name="nhieu-nhat"
            label={t(locale, texts.dailyMost)}
            value={value('nhieu-nhat')}
            error={errorOf('nhieu-nhat')}
            {...small}
            width={5}
          />
          <Button>{t(locale, texts.save)}</Button>
        </Form>
      </div>
    </div>,
  )
}

/** POST /mot-cua/hang-cho/cai-dat */
export async function saveQueueSettings(c: Web): Promise<Response> {
  const { values } = await readForm(c, { dropFiles: true })
  const body = readWritten(values)
  if (!body.ok) {
    const fields = (body.error.fields ?? []).map((error) => ({ ...error, path: fieldFor(error.path) }))
    return show(c, values, withFields(body.error, fields))
  }
  const validFrom = dayFrom(values.get('tu')?.trim() ?? '')
  if (!validFrom) {
    const message = { vi: 'Ghi ngày như 01/12/2026.', en: 'Write a day like 01/12/2026.' }
    return show(c, values, withFields(refusals.invalid, [{ path: 'tu', message }]))
  }
  const agencyCode = values.get('noi') ?? ''
  const done = await run(
    c.get('app'),
    { province: c.get('province'), actor: c.get('actor'), requestId: requestIdOf(values), locale: c.get('locale'), name: 'queue.set' },
    (cx) => setSettings(cx, { agencyCode, validFrom, body: body.value }),
  )
  if (!done.ok) return show(c, values, done.error)
  return c.redirect(`/mot-cua/hang-cho/cai-dat?${new URLSearchParams({ noi: agencyCode, tu: validFrom })}`, 303)
}
