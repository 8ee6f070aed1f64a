// Keeps a board true: one stream, fragments of server-rendered HTML (or plain text) put in place by id.
import { backoff, readFragments } from './stream.ts'

function listen(board: HTMLElement, address: string): void {
  const state = board.querySelector<HTMLElement>('[data-live-state]')
  let attempt = 0
  let lostAt: Date | undefined
  let warn = 0

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

  const connect = (): void => {
    const stream = new EventSource(address)
    stream.addEventListener('open', connected)
    stream.addEventListener('html', (event) => {
      for (const [id, html] of readFragments(event.data)) replace(id, html)
    })
    stream.addEventListener('text', (event) => {
      for (const [id, text] of readFragments(event.data)) {
        const place = document.getElementById(id)
        if (place && place.textContent !== text) place.textContent = text
      }
    })
    stream.addEventListener('error', () => {
      lost()
      // While CONNECTING the browser itself tries again; CLOSED it has given up.
      if (stream.readyState !== EventSource.CLOSED) return
      setTimeout(connect, backoff(attempt, Math.random()))
      attempt += 1
    })
    addEventListener('pagehide', () => stream.close(), { once: true })
  }

  connect()
  addEventListener('pageshow', (event) => event.persisted && connect())
}

for (const board of document.querySelectorAll<HTMLElement>('[data-live]:not([data-live-state])')) listen(board, board.dataset.live ?? '')
