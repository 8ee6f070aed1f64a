import { dayOf } from '../../../kernel/clock.ts'
import { type FieldError, Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid, uuidv7 } from '../../../kernel/id.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, Checkboxes, ErrorSummary, errorsBy, Form, formatInstant, LinkButton, page, SummaryList } from '../../../ui/index.ts'
import { officerNames } from '../../identity/index.ts'
import {
  changeReport,
  followReport,
  listRuns,
  nextMoment,
  type ReportRecipient,
  recipientsOf,
  reportRefusals,
  type SavedReport,
  savedFor,
} from '../../reporting/index.ts'
import { builderTexts as texts } from '../report-builder-texts.ts'
import { BUILDER, KeepingFields, type Kept, keepingOf, SAVED } from './report-builder-page.tsx'
import { ownerId, Runs, scheduleText } from './report-saved-page.tsx'
import { offered } from './report-settings-page.tsx'

async function known(c: Web): Promise<SavedReport> {
  const id = c.req.param('id') ?? ''
  const saved = isUuid(id) ? await c.get('app').db.read(c.get('province'), (tx) => savedFor(tx, id, ownerId(c))) : undefined
  if (!saved) throw new Refused(reportRefusals.unknown)
  return saved
}

/** GET /dieu-hanh/bao-cao/da-luu/:id: a kept question: its answers, and for its owner how it is kept. */
export const oneSavedPage = async (c: Web): Promise<Response> => show(c, await known(c), [])

/** POST /dieu-hanh/bao-cao/da-luu/:id: its owner changes how it is kept, when it is answered and who is told. */
export async function changeSaved(c: Web): Promise<Response> {
  const saved = await known(c)
  const { values } = await readForm(c)
  const kept = keepingOf(values)
  const typed = { recipients: values.getAll('recipients'), shown: values.getAll('shown') }
  const done = await runFor(c, values, 'reporting.change', (cx) => changeReport(cx, { id: saved.id, ...kept, ...typed }))
  if (done.ok) return c.redirect(`${SAVED}/${saved.id}?xong=doi`, 303)
  if (done.error.status !== 422) throw new Refused(done.error)
  return show(c, saved, done.error.fields ?? [{ path: 'recipients', message: done.error.message }], { kept, ...typed })
}

/** POST /dieu-hanh/bao-cao/da-luu/:id/nhan: a reader asks for the answers, or for no more of them. */
export async function followSaved(c: Web): Promise<Response> {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(reportRefusals.unknown)
  const { values } = await readForm(c)
  const follow = values.get('nhan') === 'co'
  const done = await runFor(c, values, 'reporting.follow', (cx) => followReport(cx, { id, follow }))
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`${SAVED}/${id}?xong=${follow ? 'nhan' : 'thoi'}`, 303)
}

interface Typed {
  readonly kept: Kept
  readonly recipients: readonly string[]
  /** Who was ticked when the page was opened. */
  readonly shown: readonly string[]
}

async function show(c: Web, saved: SavedReport, errors: readonly FieldError[], typed?: Typed): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const me = ownerId(c)
  const recipients = await app.db.read(c.get('province'), (tx) => recipientsOf(tx, saved.id))
  const runs = await app.db.read(c.get('province'), (tx) => listRuns(tx, me, saved.id))
  const mine = recipients.find(({ officerId }) => officerId === me)
  const sent = mine?.stopped === null
  const next = nextMoment(saved, app.clock(), dayOf(app.clock()))
  const flashes = { luu: texts.savedFlash, doi: texts.changedFlash, nhan: texts.followedFlash, thoi: texts.unfollowedFlash }
  const done = ownValue(flashes, c.req.query('xong'))
  const requestId = () => uuidv7(app.clock().epochMilliseconds)
  if (errors.length > 0) c.status(422)
  return page(
    c,
    {
      ...frame(c, 'board'),
      title: { vi: saved.name, en: saved.name },
      hasErrors: errors.length > 0,
      back: { href: SAVED, text: texts.back },
      ...(done ? { flash: { kind: 'success', text: t(locale, done) } } : {}),
    },
    <>
      <ErrorSummary errors={errors} locale={locale} />
      <h1 class="govuk-heading-l">{saved.name}</h1>
      <SummaryList
        locale={locale}
        rows={[
          { key: t(locale, texts.owner), value: saved.ownerId === me ? t(locale, texts.mine) : saved.ownerName },
          { key: t(locale, texts.schedule), value: scheduleText(saved, locale) },
          ...(next ? [{ key: t(locale, texts.next), value: formatInstant(next) }] : []),
          ...(next ? [{ key: t(locale, texts.file), value: saved.file.toUpperCase() }] : []),
        ]}
      />
      <LinkButton href={`${BUILDER}?${saved.question}`} look="secondary">
        {t(locale, texts.openNow)}
      </LinkButton>
      {saved.schedule !== 'none' && mine?.stopped === 'owner' && (
        <p class="govuk-body">{t(locale, texts.takenOff, { name: saved.ownerName })}</p>
      )}
      {saved.schedule !== 'none' && mine?.stopped !== 'owner' && (
        <Form csrfToken={c.get('csrf')} requestId={requestId()} action={`${SAVED}/${saved.id}/nhan`}>
          <p class="govuk-body">
            {t(locale, sent ? texts.followed : texts.notFollowed)}{' '}
            <button class="govuk-link cs-link-button" type="submit" name="nhan" value={sent ? 'khong' : 'co'}>
              {t(locale, sent ? texts.unfollow : texts.follow)}
            </button>
          </p>
        </Form>
      )}
      {(next || runs.length > 0) && (
        <Runs runs={runs} none={next && t(locale, texts.firstAt, { time: formatInstant(next) })} locale={locale} />
      )}
      {saved.ownerId === me && (
        <Form csrfToken={c.get('csrf')} requestId={requestId()} action={`${SAVED}/${saved.id}`} unsaved>
          <h2 class="govuk-heading-m">{t(locale, texts.changeTitle)}</h2>
          <KeepingFields kept={typed?.kept ?? { ...saved, weekday: String(saved.weekday) }} errors={errors} locale={locale} />
          <Recipients c={c} recipients={recipients} typed={typed} errors={errors} />
          <Button>{t(locale, texts.saveChange)}</Button>
        </Form>
      )}
    </>,
  )
}

/** Everybody the answers may be sent to: leaders, reform officers and administrators of the province, and who gets them already. */
const Recipients = async ({
  c,
  recipients,
  typed,
  errors,
}: {
  c: Web
  recipients: readonly ReportRecipient[]
  typed: Typed | undefined
  errors: readonly FieldError[]
}) => {
  const locale = c.get('locale')
  const me = ownerId(c)
  const names = await c
    .get('app')
    .db.read(c.get('province'), (tx) => officerNames(tx, [...recipients.map(({ officerId }) => officerId), me]))
  const all = new Map((await offered(c)).map(({ id, name }) => [id, name]))
  for (const { id, name } of names.values()) all.set(id, name)
  const stopped = new Set(recipients.filter((one) => one.stopped === 'self').map(({ officerId }) => officerId))
  const labelOf = (id: string, name: string): string =>
    t(locale, id === me ? texts.me : stopped.has(id) ? texts.stopped : { vi: '{name}', en: '{name}' }, { name })
  const sent = recipients.filter((one) => !one.stopped).map(({ officerId }) => officerId)
  // Refused, the page shows for the first time whoever asked for it meanwhile.
  const [seen, chosen] = [typed?.shown ?? [], typed?.recipients ?? []]
  const fresh = sent.filter((id) => !seen.includes(id))
  return (
    <>
      {[...seen, ...fresh].map((id) => (
        <input type="hidden" name="shown" value={id} />
      ))}
      <Checkboxes
        name="recipients"
        label={t(locale, texts.recipients)}
        hint={t(locale, texts.recipientsHint)}
        small
        error={errorsBy(locale, errors)('recipients')}
        values={[...new Set([...chosen, ...fresh])]}
        options={[...all].map(([value, name]) => ({ value, label: labelOf(value, name) }))}
      />
    </>
  )
}
