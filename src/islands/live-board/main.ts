// Keeps a board true: one stream, fragments of server-rendered HTML (or plain text) put in place by id.
import { backoff, type ChangeMessage, change, readFragments, readMessage } from './stream.ts'

/** A tab nobody looks at gives its stream back: a browser opens only six connections to one server, over all its tabs. */
const HIDDEN_MS = 5000

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
    // Whoever signed out, or may no longer look, is told so once: asking again would not change it.
    opened.addEventListener('end', () => {
      close()
      lost()
    })
    opened.addEventListener('error', () => {
      if (stream !== opened) return
      lost()
      close()
      again = window.setTimeout(connect, backoff(attempt, Math.random()))
      attempt += 1
    })
  }

  connect()
  addEventListener('pagehide', close)
  addEventListener('pageshow', (event) => event.persisted && connect())
  document.addEventListener('visibilitychange', () => {
    clearTimeout(rest)
    if (document.hidden) rest = window.setTimeout(close, HIDDEN_MS)
    else if (!stream) connect()
  })
}

for (const board of document.querySelectorAll<HTMLElement>('[data-live]:not([data-live-state])')) listen(board, board.dataset.live ?? '')
