import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { type Refusal, Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm, requestIdOf } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, ErrorSummary, Form, formatDay, page, Select, Table } from '../../../ui/index.ts'
import { previewTransfers, type Stage, stageTexts, TRANSFER_QUEUE, transferDossier } from '../../dossier/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { asker } from './request.ts'
import { routingWords as words } from './routing-texts.ts'

const HERE = '/quan-tri/chuyen-ho-so'

async function show(c: Web, refusal?: Refusal): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const found = await previewTransfers(app, asker(c))
  if (!found.ok) throw new Refused(found.error)
  const { units, undecided } = found.value
  const directory = await directoryOf(app, c.get('province'))
  const today = dayOf(app.clock())
  const nameOf = (code: string): string => units.find((unit) => unit.code === code)?.name ?? directory.name(code, today)
  const choicesOf = (code: string) => {
    const own = units.find((unit) => unit.code === code)?.choices ?? []
    if (own.length > 0) return own.map((one) => ({ value: one.code, label: one.name }))
    return directory.list(today).map((one) => ({ value: one.code, label: one.shortName }))
  }
  const ordered = units.find(({ code }) => code === c.req.query('dang-chuyen'))
  if (refusal) c.status(refusal.status)
  return page(
    c,
    {
      ...frame(c, 'admin'),
      title: words.transfer,
      wide: true,
      hasErrors: refusal !== undefined,
      ...(ordered
        ? {
            flash: {
              kind: 'success' as const,
              text: { vi: t('vi', words.ordered, { unit: ordered.name }), en: t('en', words.ordered, { unit: ordered.name }) },
            },
          }
        : {}),
      ...(c.req.query('xong') ? { flash: { kind: 'success' as const, text: words.transferred } } : {}),
    },
    <>
      <ErrorSummary errors={refusal?.fields ?? []} message={refusal && t(locale, refusal.message)} locale={locale} />
      <h1 class="govuk-heading-l">{t(locale, words.transfer)}</h1>
      <p class="govuk-body">{t(locale, words.transferLead)}</p>
      {units.length === 0 ? (
        <EmptyState title={t(locale, words.nothingGone)}>{t(locale, words.nothingGoneNext)}</EmptyState>
      ) : (
        <Table
          caption={t(locale, words.unit)}
          captionHidden
          locale={locale}
          rows={units}
          columns={[
            { key: 'unit', label: t(locale, words.unit), header: true, cell: (row) => `${row.name} (${row.code})` },
            { key: 'last', label: t(locale, words.lastDay), nowrap: true, cell: (row) => formatDay(row.lastDay) },
            { key: 'open', label: t(locale, words.openDossiers), numeric: true, cell: (row) => String(row.open) },
            {
              key: 'to',
              label: t(locale, words.successor),
              cell: (row) => (row.heir ? row.heir.name : t(locale, row.choices.length > 0 ? words.divided : words.endedOnly)),
            },
            {
              key: 'act',
              label: t(locale, words.moveNow),
              labelHidden: true,
              cell: (row) =>
                row.heir ? (
                  <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${HERE}/ngay`}>
                    <input type="hidden" name="agency" value={row.code} />
                    <Button look="secondary">{t(locale, words.moveNow)}</Button>
                  </Form>
                ) : (
                  ''
                ),
            },
          ]}
        />
      )}
      {undecided.length > 0 && (
        <Table
          caption={t(locale, words.undecided)}
          dense
          locale={locale}
          rows={undecided}
          columns={[
            { key: 'code', label: t(locale, words.dossier), header: true, nowrap: true, cell: (row) => row.code ?? row.reference },
            { key: 'procedure', label: t(locale, words.procedure), cell: (row) => row.procedureName },
            { key: 'who', label: t(locale, words.applicant), cell: (row) => row.applicantName },
            { key: 'unit', label: t(locale, words.unit), cell: (row) => nameOf(row.agencyCode) },
            { key: 'stage', label: t(locale, words.step), cell: (row) => t(locale, stageTexts[row.stage as Stage]) },
            {
              key: 'to',
              label: t(locale, words.successor),
              cell: (row) => (
                <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
                  <input type="hidden" name="dossier" value={row.id} />
                  <input type="hidden" name="version" value={String(row.version)} />
                  <input type="hidden" name="unit" value={nameOf(row.agencyCode)} />
                  <Select
                    name="agencyCode"
                    id={`to-${row.id}`}
                    label={t(locale, words.successor)}
                    empty={t(locale, words.choose)}
                    options={choicesOf(row.agencyCode)}
                  />
                  <Button look="secondary">{t(locale, words.moveNow)}</Button>
                </Form>
              ),
            },
          ]}
        />
      )}
    </>,
  )
}

/** GET /quan-tri/chuyen-ho-so: what would move because units are gone, before anything moves. */
export const transferPage = (c: Web): Promise<Response> => show(c)

/** POST /quan-tri/chuyen-ho-so/ngay: the job for one merged unit, now. */
export async function sendTransferNow(c: Web): Promise<Response> {
  const app = c.get('app')
  const { values } = await readForm(c)
  const agencyCode = (values.get('agency') ?? '').slice(0, 40)
  const id = requestIdOf(values)
  await app.db.write(c.get('province'), (tx) => app.jobs.send(tx, c.get('province'), TRANSFER_QUEUE, { agencyCode }, id ? { id } : {}))
  app.jobs.wake()
  return c.redirect(`${HERE}?dang-chuyen=${encodeURIComponent(agencyCode)}`, 303)
}

/** POST /quan-tri/chuyen-ho-so: one dossier of a divided unit goes where the person says. */
export async function sendTransfer(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const unit = (values.get('unit') ?? '').slice(0, 200)
  const dossierId = values.get('dossier') ?? ''
  if (!isUuid(dossierId)) return show(c, refusals.badRequest)
  const done = await runFor(c, values, 'dossier.transfer', (cx) =>
    transferDossier(cx, {
      dossierId,
      version: Number(values.get('version')) || undefined,
      agencyCode: values.get('agencyCode') ?? '',
      note: t('vi', words.transferNote, { unit }),
    }),
  )
  return done.ok ? c.redirect(`${HERE}?xong=1`, 303) : show(c, done.error)
}
