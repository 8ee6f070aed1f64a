import { randomUUID } from 'node:crypto'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { isUuid } from '../../../kernel/id.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, EmptyState, Form, formatInstant, page, Tag } from '../../../ui/index.ts'
import { choose } from '../commands/mail.ts'
import type { MailRoom } from '../mail-room.ts'
import { type OwnMail, ownMail } from '../queries/letters.ts'
import { noticesOf, read } from '../queries/notices.ts'
import { texts } from '../texts.ts'

export const HREF = '/mot-cua/thong-bao'
/** The same page for whom the leaders' door is home: reading a notice does not lead them out of it. */
export const BOARD_HREF = '/dieu-hanh/thong-bao'

const homeOf = (c: Web): string => (c.req.path.startsWith(BOARD_HREF) ? BOARD_HREF : HREF)

function officerOf(c: Web): string {
  const actor = c.get('actor')
  if (actor.kind !== 'officer') throw new Refused(refusals.denied)
  return actor.officerId
}

/** Whether notices come by mail as well, and the button that changes it. */
const ByMail = ({ c, mail }: { c: Web; mail: OwnMail }) => {
  const locale = c.get('locale')
  if (!mail.connected) return null
  if (!mail.address) return <p class="govuk-body-s cs-muted">{t(locale, texts.noAddress)}</p>
  return (
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()} action={`${homeOf(c)}/thu`}>
      <p class="govuk-body-s cs-muted">
        {t(locale, mail.wanted ? texts.byMail : texts.notByMail, { address: mail.address })}{' '}
        <button class="govuk-link cs-link-button" type="submit" name="nhan" value={mail.wanted ? 'khong' : 'co'}>
          {t(locale, mail.wanted ? texts.stopMail : texts.startMail)}
        </button>
      </p>
    </Form>
  )
}

/** POST /mot-cua/thong-bao/thu: mail as well, or not. */
export async function changeMail(c: Web): Promise<Response> {
  const officerId = officerOf(c)
  const wanted = (await readForm(c)).values.get('nhan')
  if (wanted !== 'co' && wanted !== 'khong') throw new Refused(refusals.badRequest)
  await choose(c.get('app'), officerId, wanted === 'co')
  return c.redirect(homeOf(c), 303)
}

/** GET /mot-cua/thong-bao: what the house has to tell this officer. */
export const noticesPage =
  (room: MailRoom) =>
  async (c: Web): Promise<Response> => {
    const locale = c.get('locale')
    const officerId = officerOf(c)
    const { notices, unread, most } = await noticesOf(c.get('app'), c.get('province'), officerId)
    const mail = await ownMail(room, c.get('app'), officerId)
    const csrf = c.get('csrf')
    return page(
      c,
      { ...frame(c, homeOf(c) === BOARD_HREF ? 'board' : 'office'), title: texts.title },
      <>
        <div class="cs-page-head">
          <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
          {unread > 0 && (
            <Form csrfToken={csrf} requestId={randomUUID()}>
              <Button look="secondary">{t(locale, texts.markAll)}</Button>
            </Form>
          )}
        </div>
        {notices.length === 0 ? (
          <EmptyState title={t(locale, texts.none)}>{t(locale, texts.noneNext)}</EmptyState>
        ) : (
          <p class="govuk-body">{unread > 0 ? t(locale, texts.unread, { count: unread }) : t(locale, texts.allRead)}</p>
        )}
        <ByMail c={c} mail={mail} />
        {notices.map((notice) => (
          <section class="cs-notice" aria-labelledby={`n-${notice.id}`}>
            <h2 class="govuk-heading-s" id={`n-${notice.id}`}>
              <a class="govuk-link" href={notice.href}>
                {notice.title}
              </a>{' '}
              {notice.readAt === null && <Tag tone="accent">{t(locale, texts.new)}</Tag>}
            </h2>
            {notice.body.split('\n').map((line) => (
              <p class="govuk-body">{line}</p>
            ))}
            <p class="govuk-body-s cs-muted">{formatInstant(notice.at)}</p>
            {notice.readAt === null && (
              <Form csrfToken={csrf} requestId={randomUUID()}>
                <button class="govuk-link cs-link-button" type="submit" name="id" value={notice.id}>
                  {t(locale, texts.markRead)}
                  <span class="govuk-visually-hidden">: {notice.title}</span>
                </button>
              </Form>
            )}
          </section>
        ))}
        {notices.length === most && <p class="govuk-body-s cs-muted">{t(locale, texts.newest, { count: most })}</p>}
      </>,
    )
  }

/** POST /mot-cua/thong-bao: one notice was read, or all. */
export async function readNotices(c: Web): Promise<Response> {
  const officerId = officerOf(c)
  const id = (await readForm(c)).values.get('id')
  if (id !== null && !isUuid(id)) throw new Refused(refusals.badRequest)
  await read(c.get('app'), c.get('province'), officerId, id)
  return c.redirect(homeOf(c), 303)
}
