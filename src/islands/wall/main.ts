// The wall of the operations centre: turns its slides without asking the server, and comes back by itself when the day has changed.
import { nextSlide, vietnamDay } from './turn.ts'

const CHECK_MS = 30_000

for (const wall of document.querySelectorAll<HTMLElement>('[data-wall]')) {
  const slides = [...wall.querySelectorAll<HTMLElement>('[data-slide]')]
  const links = [...wall.querySelectorAll<HTMLAnchorElement>('[data-wall-to]')]
  const title = wall.querySelector<HTMLElement>('[data-wall-title]')
  const state = wall.querySelector<HTMLElement>('[data-live-state]')
  const keep = wall.querySelector<HTMLAnchorElement>('[data-wall-keep]')
  const seconds = Number(wall.dataset.wall)
  let turning = 0

  const current = (): number => slides.findIndex((slide) => !slide.hidden)
  const show = (at: number): void => {
    const link = links[at]
    if (!slides[at] || !link) return
    for (const [i, slide] of slides.entries()) slide.hidden = i !== at
    for (const [i, other] of links.entries()) {
      if (i === at) other.setAttribute('aria-current', 'page')
      else other.removeAttribute('aria-current')
    }
    if (title) title.textContent = link.textContent
    // A reload, by hand or after midnight, stays on the slide; and so does stopping here.
    history.replaceState(null, '', link.href)
    if (keep) {
      const address = new URL(keep.href)
      address.searchParams.set('trang', String(at + 1))
      keep.href = address.href
    }
    clearInterval(turning)
    if (seconds > 0) turning = window.setInterval(() => show(nextSlide(current(), slides.length, 1)), seconds * 1000)
  }

  for (const [at, link] of links.entries()) {
    link.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      show(at)
    })
  }
  addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step && !event.altKey && !event.metaKey) show(nextSlide(current(), slides.length, step))
  })
  show(current())

  // Looked at before the page is left: a server that is away would leave an error on the wall.
  const renew = async (): Promise<void> => {
    const lost = state?.classList.contains('cs-live--lost') ?? false
    const nextDay = vietnamDay(new Date()) !== wall.dataset.day
    if (!lost && !nextDay) return
    const answer = await fetch(location.href, { redirect: 'manual', cache: 'no-store' }).catch(() => undefined)
    if (!answer) return
    if (answer.ok) {
      if (nextDay) location.reload()
      return
    }
    // Sent elsewhere or turned away: whoever signed the wall in has to do so again.
    if ((answer.type === 'opaqueredirect' || answer.status === 401) && state) state.textContent = wall.dataset.ended ?? ''
  }
  setInterval(() => void renew(), CHECK_MS)
}
