import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { type Refusal, Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ErrorSummary, errorsBy, FileInput, Form, formatBytes, formatInstant, page, Tag, TextArea } from '../../../ui/index.ts'
import { type CitizenView, messageThread, sendMessage, type Thread } from '../../dossier/index.ts'
import { loadOwn } from './load.ts'
import { texts } from './texts.ts'
import { instant } from './view.tsx'

interface Sent {
  readonly text: string
  readonly refusal: Refusal
}

async function threadOf(c: Web, mark: boolean): Promise<Thread> {
  const thread = await messageThread(c.get('app'), { province: c.get('province'), actor: c.get('actor') }, c.req.param('id') ?? '', {
    mark,
  })
  if (!thread.ok) throw new Refused(thread.error)
  return thread.value
}

async function show(c: Web, view: CitizenView, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const { messages, mayWrite } = await threadOf(c, true)
  const error = errorsBy(locale, sent?.refusal.fields)
  if (sent) c.status(sent.refusal.status)
  return page(
    c,
    {
      ...frame(c, 'portal'),
      title: texts.messages,
      back: { href: `/ho-so/${view.id}`, text: texts.toDossier },
      hasErrors: sent !== undefined,
      ...(c.req.query('xong') && !sent ? { flash: { kind: 'success' as const, text: texts.messageSent } } : {}),
    },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {sent && <ErrorSummary errors={sent.refusal.fields ?? []} message={sent.refusal.message} locale={locale} />}
        <span class="govuk-caption-l">
          {view.procedureName} · {view.code ?? view.reference}
        </span>
        <h1 class="govuk-heading-l">{t(locale, texts.messages)}</h1>
        {sent?.refusal.next && <p class="govuk-body">{t(locale, sent.refusal.next)}</p>}
        <p class="govuk-body">{t(locale, texts.messagesLead, { agency: view.agencyName })}</p>
        {messages.length === 0 ? (
          <p class="govuk-body cs-muted">{t(locale, texts.messagesNone)}</p>
        ) : (
          <ol class="cs-messages">
            {messages.map((one) => (
              <li class={one.mine ? 'cs-message cs-message--mine' : 'cs-message'}>
                <p class="cs-message__who">
                  {one.mine ? t(locale, texts.you) : `${one.authorName}, ${view.agencyName}`} · {formatInstant(instant(one.at))}{' '}
                  {one.isNew && <Tag tone="accent">{t(locale, texts.fresh)}</Tag>}
                </p>
                {one.body && <p class="cs-message__text">{one.body}</p>}
                {one.files.map((file, n) => (
                  <p class="govuk-body-s">
                    <a class="govuk-link" href={`/ho-so/${view.id}/tin-nhan/${one.id}/${n}`}>
                      {file.name}
                    </a>{' '}
                    ({formatBytes(file.size, locale)})
                  </p>
                ))}
              </li>
            ))}
          </ol>
        )}
        {mayWrite && (
          <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/ho-so/${view.id}/tin-nhan`} files unsaved>
            <TextArea
              name="text"
              label={t(locale, texts.messageLabel)}
              rows={4}
              value={sent?.text}
              error={error('text')}
              labelSize="m"
              locale={locale}
            />
            <FileInput
              name="files"
              label={t(locale, texts.messageFiles)}
              accept=".pdf,.jpg,.jpeg,.png"
              multiple
              error={error('files')}
              locale={locale}
            />
            <Button>{t(locale, texts.messageSend)}</Button>
          </Form>
        )}
      </div>
    </div>,
  )
}

/** GET /ho-so/:id/tin-nhan: the words with the office; looking at them marks them as read. */
export const messagesPage = async (c: Web): Promise<Response> => show(c, await loadOwn(c))

/** POST /ho-so/:id/tin-nhan */
export async function writeMessage(c: Web): Promise<Response> {
  const view = await loadOwn(c)
  const form = await readForm(c)
  const text = form.values.get('text') ?? ''
  const refused = form.refused.get('files')
  if (refused) return show(c, view, { text, refusal: withFields(refused, [{ path: 'files', message: refused.message }]) })
  const files = (form.files.get('files') ?? []).map(({ name, sha256, size, type }) => ({ name, sha256, size, type }))
  const result = await runFor(c, form.values, 'message.send', (cx) => sendMessage(cx, { dossierId: view.id, text, files }))
  return result.ok ? c.redirect(`/ho-so/${view.id}/tin-nhan?xong=1`, 303) : show(c, view, { text, refusal: result.error })
}

/** GET …/tin-nhan/:message/:n: a file that came with a message, for whoever may read the thread. Both doors use it. */
export async function messageFile(c: Web): Promise<Response> {
  const { messages } = await threadOf(c, false)
  const file = messages.find(({ id }) => id === c.req.param('message'))?.files[Number(c.req.param('n'))]
  const { files } = c.get('app')
  if (!file || !(await files.exists(file.sha256))) throw new Refused(refusals.notFound)
  return new Response(Readable.toWeb(await files.read(file.sha256)) as ReadableStream, {
    headers: {
      'content-type': file.type,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
    },
  })
}
