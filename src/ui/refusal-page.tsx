import type { Refusal } from '../kernel/errors.ts'
import type { Web } from '../kernel/http/context.ts'
import { type Text, t } from '../kernel/i18n/index.ts'
import { LinkButton } from './components/button.tsx'
import { frame } from './frame.ts'
import { type Door, page } from './layout.tsx'

const texts = {
  trace: { vi: 'Mã hỗ trợ', en: 'Support code' },
  back: { vi: 'Về trang đầu', en: 'Back to the first page' },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
} as const satisfies Record<string, Text>

const doors: readonly (readonly [string, Door])[] = [
  ['/mot-cua', 'office'],
  ['/dieu-hanh', 'board'],
  ['/quan-tri', 'admin'],
]

const doorOf = (path: string): Door => doors.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`))?.[1] ?? 'portal'
const homeOf = (door: Door): string => doors.find(([, name]) => name === door)?.[0] ?? '/'

/** The page to come back to after signing in: the one asked for, or the one whose form was sent. */
function wantedPage(c: Web): string {
  const { pathname, search } = new URL(c.req.url)
  if (c.req.method === 'GET') return pathname + search
  const from = URL.parse(c.req.header('referer') ?? '')
  return from ? from.pathname + from.search : pathname
}

/** What happened, what to do next, and a code for support: the page for every refusal and failure. */
export async function refusalPage(c: Web, refusal: Refusal, traceId: string): Promise<Response> {
  const locale = c.get('locale') ?? 'vi'
  const door = doorOf(c.req.path)
  const signIn = `${door === 'portal' ? '/dang-nhap' : '/dang-nhap/can-bo'}?ve=${encodeURIComponent(wantedPage(c))}`
  // A person who opens a page goes straight to the sign-in; programs and forms are told 401.
  if (refusal.status === 401 && c.req.method === 'GET' && c.req.header('sec-fetch-dest') === 'document') return c.redirect(signIn, 303)
  c.status(refusal.status)
  return page(
    c,
    { ...frame(c, door), title: refusal.message },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, refusal.message)}</h1>
        {refusal.next && <p class="govuk-body">{t(locale, refusal.next)}</p>}
        {refusal.fields && (
          <ul class="govuk-list govuk-list--bullet">
            {refusal.fields.map((field) => (
              <li>{t(locale, field.message)}</li>
            ))}
          </ul>
        )}
        {refusal.status === 401 ? (
          <LinkButton href={signIn}>{t(locale, texts.signIn)}</LinkButton>
        ) : (
          <LinkButton href={homeOf(door)} look="secondary">
            {t(locale, texts.back)}
          </LinkButton>
        )}
        <p class="govuk-body-s cs-muted">
          {t(locale, texts.trace)}: <span class="cs-nowrap">{traceId}</span>
        </p>
      </div>
    </div>,
  )
}
