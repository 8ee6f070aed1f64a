import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import type { Actor } from '../../../kernel/context.ts'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { Button, ErrorSummary, errorsBy, FileInput, Form, NotificationBanner, page } from '../../../ui/index.ts'
import { findProcedureAt } from '../../catalogue/index.ts'
import { addPages, UPLOAD_FILES, type UploadPoint, uploadOver, uploadPointFor } from '../../queue/index.ts'
import { texts } from './intake-texts.ts'

const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const

async function pointOf(c: Web): Promise<UploadPoint> {
  const point = await uploadPointFor(c.get('app'), c.get('province'), c.req.param('token') ?? '')
  if (!point) throw new Refused(uploadOver)
  return point
}

/** GET /chup/:token: the phone at the desk; nothing of the person or the office is on it. */
export const phonePage = (c: Web): Promise<Response> => show(c)

async function show(c: Web, refusal?: Refusal): Promise<Response> {
  const locale = c.get('locale')
  const app = c.get('app')
  const point = await pointOf(c)
  const procedure = await app.db.read(c.get('province'), (tx) => findProcedureAt(tx, point.procedureCode, dayOf(app.clock())))
  const papers = (procedure?.body.components ?? []).filter((component) => !component.fromForm)
  const errorOf = errorsBy(locale, refusal?.fields)
  if (refusal) c.status(refusal.status)
  return page(
    c,
    { door: 'portal', locale, province: { name: c.get('province').name }, title: texts.chup, hasErrors: refusal !== undefined },
    <>
      {refusal && <ErrorSummary errors={refusal.fields ?? []} message={refusal.message} locale={locale} />}
      {point.files > 0 && !refusal && (
        <NotificationBanner kind="success" locale={locale}>
          {t(locale, texts.chupDone, { n: point.files })}
        </NotificationBanner>
      )}
      <h1 class="govuk-heading-xl">{t(locale, texts.chup)}</h1>
      <p class="govuk-body">{t(locale, texts.chupLead)}</p>
      <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/chup/${c.req.param('token')}`} files>
        {papers.map(({ code, name }) => (
          <FileInput
            name={`scan.${code}`}
            label={name[locale]}
            accept="image/*,.pdf"
            multiple
            capture
            error={errorOf(`scan.${code}`)}
            locale={locale}
          />
        ))}
        <Button>{t(locale, texts.chupSend)}</Button>
      </Form>
    </>,
  )
}

/** POST /chup/:token: pictures stream in for the officer who opened the intake, within that officer's quota. */
export async function takePictures(c: Web): Promise<Response> {
  const app = c.get('app')
  const point = await pointOf(c)
  const officer: Actor = { kind: 'officer', officerId: point.officerId, name: point.officerName, grants: [] }
  const form = await readForm(c, { filesFor: officer, accept: PICTURES })
  const files = [...form.files]
    .flatMap(([name, sent]) => sent.map((file) => ({ paperCode: name.replace(/^scan\./, ''), file })))
    .slice(0, UPLOAD_FILES - point.files)
  await addPages(app, c.get('province'), point, files)
  for (const [path, refusal] of form.refused) return show(c, withFields(refusal, [{ path, message: refusal.message }]))
  if (files.length === 0) {
    return show(c, { ...refusals.invalid, message: texts.chupNone })
  }
  return c.redirect(`/chup/${c.req.param('token')}`, 303)
}
