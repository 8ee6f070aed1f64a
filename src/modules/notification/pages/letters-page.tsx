import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { isUuid, uuidv7 } from '../../../kernel/id.ts'
import { ownValue } from '../../../kernel/own-value.ts'
import { frame } from '../../../ui/frame.ts'
import {
  Button,
  EmptyState,
  Form,
  formatInstant,
  formatNumber,
  NotificationBanner,
  Pagination,
  page,
  SubNavigation,
  Table,
  Tag,
} from '../../../ui/index.ts'
import { resendLetters, sendTestLetter } from '../commands/mail.ts'
import { CUT_OFF, type Letter, type LetterState } from '../letter-store.ts'
import type { MailRoom } from '../mail-room.ts'
import { lettersOf, PAGE_SIZE } from '../queries/letters.ts'
import { texts } from '../texts.ts'

export const LETTERS = '/quan-tri/thu'

const states: readonly LetterState[] = ['waiting', 'failed', 'stale', 'sent']
const slugs: Readonly<Record<LetterState, string>> = { waiting: 'cho', failed: 'loi', stale: 'qua-cu', sent: 'da-gui' }
const tones = { waiting: 'waiting', failed: 'bad', stale: 'neutral', sent: 'good' } as const

const hrefOf = (state: LetterState | undefined, number = 1): string => {
  const query = new URLSearchParams({ ...(state ? { xem: slugs[state] } : {}), ...(number > 1 ? { trang: String(number) } : {}) })
  return query.size > 0 ? `${LETTERS}?${query}` : LETTERS
}

/** Why a letter has not gone, in words and with the server's own code. */
function problemText({ state, problem, maybeTwice }: Letter, locale: Locale): string {
  if (state === 'sent') return maybeTwice ? t(locale, texts.maybeTwice) : ''
  if (problem === null) return ''
  if (problem === CUT_OFF) return t(locale, texts.problemCutOff)
  if (problem === 'NO-ADDRESS') return t(locale, texts.problemAddress)
  if (problem === 'NO-PAPER') return t(locale, texts.problemPaper)
  if (problem.startsWith('EAUTH')) return t(locale, texts.problemAuth, { code: problem })
  const text = /^E(?:ENVELOPE|MESSAGE|PROTOCOL)/.test(problem) ? texts.problemSaid : texts.problemAway
  return t(locale, text, { code: problem })
}

/** GET /quan-tri/thu: every letter and what became of it. */
export const lettersPage =
  (room: MailRoom) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const locale = c.get('locale')
    const state = states.find((one) => slugs[one] === c.req.query('xem'))
    const asked = Number(c.req.query('trang') ?? 1)
    const number = Number.isInteger(asked) && asked > 0 && asked < 100_000 ? asked : 1
    const { letters, counts, recipients, connected } = await lettersOf(room, app, { state, page: number })
    const done = ownValue({ lai: texts.resent, thu: texts.tested }, c.req.query('xong'))
    const requestId = () => uuidv7(app.clock().epochMilliseconds)
    const all = states.reduce((sum, one) => sum + counts[one], 0)
    const stateText = (one: LetterState): string => t(locale, one === 'waiting' && !connected ? texts.unsent : texts[one])
    return page(
      c,
      { ...frame(c, 'admin'), title: texts.letters, wide: true, ...(done ? { flash: { kind: 'success', text: t(locale, done) } } : {}) },
      <>
        <h1 class="govuk-heading-l">{t(locale, texts.letters)}</h1>
        <p class="govuk-body">{t(locale, texts.lettersLead)}</p>
        {connected ? (
          <Form csrfToken={c.get('csrf')} requestId={requestId()} action={`${LETTERS}/thu-may-chu`}>
            <Button look="secondary">{t(locale, texts.test)}</Button>
          </Form>
        ) : (
          <NotificationBanner kind="warning" title={t(locale, texts.noServerTitle)}>
            <p class="govuk-body">{t(locale, texts.noServer)}</p>
          </NotificationBanner>
        )}
        <SubNavigation
          label={t(locale, texts.state)}
          tabs={[
            { text: t(locale, texts.anyState), href: hrefOf(undefined), current: state === undefined, count: all },
            ...states.map((one) => ({ text: stateText(one), href: hrefOf(one), current: one === state, count: counts[one] })),
          ]}
        />
        {counts.failed + counts.stale > 0 && (
          <Form csrfToken={c.get('csrf')} requestId={requestId()} action={`${LETTERS}/gui-lai`}>
            <Button look="secondary">
              {t(locale, texts.resendAll)} ({formatNumber(counts.failed + counts.stale, locale)})
            </Button>
          </Form>
        )}
        <Table<Letter>
          caption={t(locale, texts.letters)}
          captionHidden
          dense
          locale={locale}
          rows={letters}
          empty={<EmptyState title={t(locale, texts.noLetters)} />}
          columns={[
            { key: 'letter', label: t(locale, texts.letter), header: true, cell: (letter) => letter.title },
            { key: 'to', label: t(locale, texts.to), cell: (letter) => recipients.get(letter.officerId)?.name ?? t(locale, texts.left) },
            { key: 'at', label: t(locale, texts.askedAt), nowrap: true, cell: (letter) => formatInstant(letter.askedAt) },
            {
              key: 'state',
              label: t(locale, texts.state),
              cell: (letter) => <Tag tone={tones[letter.state]}>{stateText(letter.state)}</Tag>,
            },
            { key: 'tries', label: t(locale, texts.tries), numeric: true, cell: (letter) => formatNumber(letter.tries, locale) },
            {
              key: 'why',
              label: t(locale, texts.problem),
              cell: (letter) => problemText(letter, locale),
            },
            {
              key: 'action',
              label: t(locale, texts.action),
              cell: (letter) =>
                letter.state === 'failed' || letter.state === 'stale' ? (
                  <Form csrfToken={c.get('csrf')} requestId={requestId()} action={`${LETTERS}/gui-lai`}>
                    <button class="govuk-link cs-link-button" type="submit" name="id" value={letter.id}>
                      {t(locale, texts.resend)}
                      <span class="govuk-visually-hidden">: {letter.title}</span>
                    </button>
                  </Form>
                ) : (
                  ''
                ),
            },
          ]}
        />
        <Pagination
          page={number}
          pageSize={PAGE_SIZE}
          total={state ? counts[state] : all}
          href={(wanted) => hrefOf(state, wanted)}
          locale={locale}
        />
      </>,
    )
  }

/** POST /quan-tri/thu/gui-lai: one letter, or every one that came to nothing. */
export const postResend =
  (room: MailRoom) =>
  async (c: Web): Promise<Response> => {
    const app = c.get('app')
    const { values } = await readForm(c)
    const id = values.get('id')
    if (id !== null && !isUuid(id)) throw new Refused(refusals.badRequest)
    const done = await runFor(c, values, 'notification.resend', (cx) =>
      resendLetters(cx, app, { id, connected: room.of(app) !== undefined }),
    )
    if (!done.ok) throw new Refused(done.error)
    return c.redirect(`${LETTERS}?xong=lai`, 303)
  }

/** POST /quan-tri/thu/thu-may-chu: a letter to whoever asks. */
export async function postTest(c: Web): Promise<Response> {
  const { values } = await readForm(c)
  const done = await runFor(c, values, 'notification.test-mail', sendTestLetter)
  if (!done.ok) throw new Refused(done.error)
  return c.redirect(`${LETTERS}?xong=thu`, 303)
}
