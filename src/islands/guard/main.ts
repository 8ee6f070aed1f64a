// On every page: forms are sent once, unsaved answers are not lost by accident or when a session ends, and what must be read first has the focus.
import { comeBack, remember } from './keep.ts'

const words = document.documentElement.lang === 'en' ? { sending: 'Sending…' } : { sending: 'Đang gửi…' }
const guarded = document.querySelectorAll<HTMLFormElement>('form[data-guard]')
let unsaved = false

/** After 300 ms of waiting the page says what it is doing. */
function sayIsSending(form: HTMLFormElement): void {
  const status = document.createElement('p')
  status.className = 'cs-sending'
  status.setAttribute('role', 'status')
  form.append(status)
  status.textContent = words.sending
}

function release(form: HTMLFormElement): void {
  delete form.dataset.sent
  form.querySelector('.cs-sending')?.remove()
  for (const button of form.querySelectorAll('[type=submit]')) button.removeAttribute('aria-disabled')
}

for (const form of guarded) {
  if (form.dataset.changed !== undefined) unsaved = true
  if (form.dataset.guard === 'unsaved') form.addEventListener('input', () => (unsaved = true), { once: true })
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) {
      event.preventDefault()
      return
    }
    form.dataset.sent = '1'
    unsaved = false
    remember(form)
    // Not `disabled`: a disabled button would not send its own name and value.
    for (const button of form.querySelectorAll('[type=submit]')) button.setAttribute('aria-disabled', 'true')
    setTimeout(() => form.dataset.sent && sayIsSending(form), 300)
  })
}

addEventListener('beforeunload', (event) => {
  if (unsaved) event.preventDefault()
})

// Coming back with the browser's back button brings the page as it was left: buttons must work again.
addEventListener('pageshow', (event) => {
  if (event.persisted) for (const form of guarded) release(form)
})

document.querySelector<HTMLElement>('[data-focus]')?.focus()
comeBack().catch(() => undefined)
