import { randomUUID } from 'node:crypto'
import { Temporal } from 'temporal-polyfill'
import { Refused, refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  Details,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  formatBytes,
  formatDay,
  formatInstant,
  page,
  SummaryList,
  Tag,
  TextArea,
} from '../../../ui/index.ts'
import { collectionOf, messageThread, type OfficerView, representationTexts, sendMessage, type Thread } from '../../dossier/index.ts'
import { citizenTexts as texts } from '../citizen-texts.ts'
import { asker, sendFile } from './request.ts'

const Words = ({ c, id, thread }: { c: Web; id: string; thread: Thread }) => {
  const locale = c.get('locale')
  if (thread.messages.length === 0) return <p class="govuk-body cs-muted">{t(locale, texts.messagesNone)}</p>
  return (
    <ol class="cs-messages">
      {thread.messages.map((one) => (
        <li class={one.mine ? 'cs-message cs-message--mine' : 'cs-message'}>
          <p class="cs-message__who">
            {one.authorName} · {formatInstant(Temporal.Instant.from(one.at))}{' '}
            {one.isNew && <Tag tone="accent">{t(locale, texts.fresh)}</Tag>}
          </p>
          {one.body && <p class="cs-message__text">{one.body}</p>}
          {one.files.map((file, n) => (
            <p class="govuk-body-s">
              <a class="govuk-link" href={`/mot-cua/ho-so/${id}/tin-nhan/${one.id}/${n}`} target="_blank" rel="noopener">
                {file.name}
              </a>{' '}
              ({formatBytes(file.size, locale)})
            </p>
          ))}
        </li>
      ))}
    </ol>
  )
}

const Answer = ({ c, id, text, error }: { c: Web; id: string; text?: string; error?: (path: string) => string | undefined }) => {
  const locale = c.get('locale')
  return (
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`/mot-cua/ho-so/${id}/tin-nhan`} files>
      <TextArea
        name="text"
        label={t(locale, texts.reply)}
        hint={t(locale, texts.replyHint)}
        rows={3}
        value={text}
        error={error?.('text')}
        locale={locale}
      />
      <FileInput
        name="files"
        label={t(locale, texts.files)}
        accept=".pdf,.jpg,.jpeg,.png"
        multiple
        error={error?.('files')}
        optional
        locale={locale}
      />
      <Button look="secondary">{t(locale, texts.send)}</Button>
    </Form>
  )
}

/** In whose name it was filed, how the result is to be collected, and the words with the applicant. Stands in the dossier's workspace. */
export async function MessagesPanel({ c, view }: { c: Web; view: OfficerView }) {
  const locale = c.get('locale')
  const thread = await messageThread(c.get('app'), asker(c), view.id)
  const collection = await collectionOf(c.get('app'), asker(c), view.id)
  const { representation } = view
  const way =
    collection &&
    {
      electronic: t(locale, texts.electronic),
      counter: t(locale, texts.counter),
      post: t(locale, texts.post, {
        who: [collection.receiver, collection.phone].filter(Boolean).join(', '),
        address: String(collection.address?.label ?? ''),
      }),
    }[collection.way]
  const rows = [
    ...(representation
      ? [
          {
            key: t(locale, texts.representation),
            value: `${representation.by} (${representation.role || t(locale, representationTexts[representation.kind])})`,
          },
          ...(representation.birthDate ? [{ key: t(locale, texts.birthDate), value: formatDay(representation.birthDate) }] : []),
          { key: t(locale, texts.proofs), value: representation.proofs.join(', ') || t(locale, texts.noProof) },
        ]
      : []),
    ...(way ? [{ key: t(locale, texts.collection), value: way }] : []),
  ]
  const unread = thread.ok ? thread.value.unread : 0
  return (
    <>
      {rows.length > 0 && <SummaryList locale={locale} rows={rows} />}
      {thread.ok && (thread.value.mayWrite || thread.value.messages.length > 0) && (
        <section id="tin-nhan" aria-labelledby="tin-nhan-ten">
          <h3 class="govuk-heading-s" id="tin-nhan-ten">
            {t(locale, texts.messages)} {unread > 0 && <Tag tone="accent">{t(locale, texts.unread, { n: unread })}</Tag>}
          </h3>
          {c.req.query('xong') === 'tin-nhan' && <p class="govuk-body">{t(locale, texts.sent)}</p>}
          <Words c={c} id={view.id} thread={thread.value} />
          {thread.value.mayWrite && (
            <Details summary={t(locale, texts.reply)} open={unread > 0}>
              <Answer c={c} id={view.id} />
            </Details>
          )}
        </section>
      )}
    </>
  )
}

/** POST /mot-cua/ho-so/:id/tin-nhan: answers the applicant. Refused: a page with what was typed. */
export async function answerApplicant(c: Web): Promise<Response> {
  const id = c.req.param('id') ?? ''
  if (!isUuid(id)) throw new Refused(refusals.notFound)
  const form = await readForm(c)
  const text = form.values.get('text') ?? ''
  const refusedFile = form.refused.get('files')
  const files = (form.files.get('files') ?? []).map(({ name, sha256, size, type }) => ({ name, sha256, size, type }))
  const result = refusedFile
    ? { ok: false as const, error: withFields(refusedFile, [{ path: 'files', message: refusedFile.message }]) }
    : await runFor(c, form.values, 'message.send', (cx) => sendMessage(cx, { dossierId: id, text, files }))
  if (result.ok) return c.redirect(`/mot-cua/ho-so/${id}?xong=tin-nhan#tin-nhan`, 303)
  const { error } = result
  if (!error.fields && error.status !== 429) throw new Refused(error)
  const locale = c.get('locale')
  c.status(error.status)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.messages, back: { href: `/mot-cua/ho-so/${id}`, text: texts.back }, hasErrors: true },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={error.fields ?? []} message={error.message} locale={locale} />
        <h1 class="govuk-heading-l">{t(locale, texts.messages)}</h1>
        <Answer c={c} id={id} text={text} error={errorsBy(locale, error.fields)} />
      </div>
    </div>,
  )
}

/** GET /mot-cua/ho-so/:id/tin-nhan/:message/:n: a file that came with a message. */
export async function messageFile(c: Web): Promise<Response> {
  const thread = await messageThread(c.get('app'), asker(c), c.req.param('id') ?? '', { mark: false })
  if (!thread.ok) throw new Refused(thread.error)
  const file = thread.value.messages.find(({ id }) => id === c.req.param('message'))?.files[Number(c.req.param('n'))]
  return sendFile(c, file, 'inline')
}
