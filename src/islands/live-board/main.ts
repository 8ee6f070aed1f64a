// Keeps a board true: one stream, fragments of server-rendered HTML (or plain text) put in place by id.
import { vietnamDay } from '../wall/turn.ts'
import { backoff, type ChangeMessage, change, readFragments, readMessage } from './stream.ts'

/** A tab nobody looks at gives its stream back: a browser opens only six connections to one server, over all its tabs. */
const HIDDEN_MS = 5000
/** After so many refusals the page is asked whether its reader may still look: a server that starts again refuses a time or two. */
const ASK_AFTER = 2
const DAY_CHECK_MS = 30_000

function listen(board: HTMLElement, address: string): void {
  const state = board.querySelector<HTMLElement>('[data-live-state]')
  /** What the stream has told of each part; changes are told against it. */
  const known = new Map<string, string>()
  let stream: EventSource | undefined
  let last = ''
  let attempt = 0
  let lostAt: Date | undefined
  let warn = 0
  let again = 0
  let rest = 0

  const time = (at: Date): string => at.toLocaleTimeString('vi-VN', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Ho_Chi_Minh' })

  const connected = (): void => {
    attempt = 0
    lostAt = undefined
    clearTimeout(warn)
    if (!state) return
    state.classList.remove('cs-live--lost')
    state.textContent = state.dataset.live ?? ''
  }

  /** Whoever signed out, or may no longer look, is told so: asking again would not change it. */
  const ended = (): void => {
    close()
    clearTimeout(warn)
    lostAt ??= new Date()
    if (!state) return
    state.classList.add('cs-live--lost')
    state.textContent = (board.dataset.ended ?? state.dataset.lost ?? '').replace('{time}', time(lostAt))
  }

  /** A stream that is refused does not say why; the page itself does: sent to the door, or turned away. */
  const askPage = () => fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' }).catch(() => undefined)
  const mayStillLook = async (): Promise<boolean> => {
    const answer = await askPage()
    return !answer || (answer.type !== 'opaqueredirect' && answer.status !== 401 && answer.status !== 403)
  }

  const lost = (): void => {
    lostAt ??= new Date()
    clearTimeout(warn)
    // A hiccup shorter than two seconds is nobody's business.
    warn = window.setTimeout(() => {
      if (!state || !lostAt) return
      state.classList.add('cs-live--lost')
      state.textContent = (state.dataset.lost ?? '').replace('{time}', time(lostAt))
    }, 2000)
  }

  const replace = (id: string, html: string): void => {
    const old = document.getElementById(id)
    if (!old) return
    const template = document.createElement('template')
    template.innerHTML = html
    const fresh = template.content.firstElementChild
    if (!fresh) return
    // Somebody may be reading it: what they opened stays open, where they scrolled stays scrolled, the link they stand on keeps the focus.
    const openBefore = [...old.querySelectorAll('details')].map((details) => details.open)
    fresh.querySelectorAll('details').forEach((details, at) => {
      details.open = openBefore[at] ?? details.open
    })
    if (fresh.isEqualNode(old)) return
    const scrolled = [...old.querySelectorAll('[tabindex="0"]')].map((part) => part.scrollLeft)
    const focused = old.contains(document.activeElement) ? document.activeElement?.getAttribute('href') : null
    old.replaceWith(fresh)
    fresh.querySelectorAll('[tabindex="0"]').forEach((part, at) => {
      part.scrollLeft = scrolled[at] ?? 0
    })
    if (focused) fresh.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  }

  const write = (texts: ChangeMessage['text']): void => {
    for (const [id, text] of Object.entries(texts ?? {})) {
      const place = document.getElementById(id)
      if (place && place.textContent !== text) place.textContent = text
    }
  }

  const close = (): void => {
    clearTimeout(again)
    stream?.close()
    stream = undefined
  }

  const connect = (): void => {
    close()
    const opened = new EventSource(last ? `${address}${address.includes('?') ? '&' : '?'}tiep=${encodeURIComponent(last)}` : address)
    stream = opened
    opened.addEventListener('open', connected)
    opened.addEventListener('board', (event) => {
      const message = readMessage(event.data)
      for (const [id, html] of change(known, message)) {
        known.set(id, html)
        replace(id, html)
      }
      write(message.text)
      last = event.lastEventId
    })
    opened.addEventListener('html', (event) => {
      for (const [id, html] of readFragments(event.data)) replace(id, html)
    })
    opened.addEventListener('end', ended)
    opened.addEventListener('error', () => {
      if (stream !== opened) return
      lost()
      close()
      again = window.setTimeout(() => void retry(), backoff(attempt, Math.random()))
      attempt += 1
    })
  }

  const retry = async (): Promise<void> => {
    if (attempt < ASK_AFTER || (await mayStillLook())) connect()
    else ended()
  }

  // After midnight the countdown, the days counted and what "today" means are others: figures alone would not tell. The wall does it by itself.
  const turnDay = async (): Promise<void> => {
    const { day, wall } = board.dataset
    if (!day || wall !== undefined || vietnamDay(new Date()) === day || document.hidden) return
    // Looked at before the page is left: a server that is away would leave an error instead of the figures.
    if ((await askPage())?.ok) location.reload()
  }

  connect()
  setInterval(() => void turnDay(), DAY_CHECK_MS)
  addEventListener('pagehide', close)
  addEventListener('pageshow', (event) => event.persisted && connect())
  document.addEventListener('visibilitychange', () => {
    clearTimeout(rest)
    if (document.hidden) rest = window.setTimeout(close, HIDDEN_MS)
    else {
      if (!stream) connect()
      void turnDay()
    }
  })
}

for (const board of document.querySelectorAll<HTMLElement>('[data-live]:not([data-live-state])')) listen(board, board.dataset.live ?? '')
