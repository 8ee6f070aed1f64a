// Counter intake: a scanner types the card's QR text into `input[data-card]`; the person's fields fill themselves.
import { type Card, readCard } from './card.ts'

const words =
  document.documentElement.lang === 'en'
    ? {
        filled: 'Filled in from the card of {name}.',
        unreadable: 'This is not the QR code of an identity card. Scan again or type by hand.',
        camera: 'Use the camera',
        picture: 'Take pictures',
      }
    : {
        filled: 'Đã điền theo thẻ của {name}.',
        unreadable: 'Đây không phải mã QR của thẻ căn cước. Quét lại hoặc gõ tay.',
        camera: 'Quét bằng camera',
        picture: 'Chụp bằng camera',
      }

function set(field: string, value: string): void {
  for (const target of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>(`[data-fill="${field}"]`)) {
    if (target instanceof HTMLInputElement && target.type === 'radio') target.checked = target.value === value
    else target.value = value
    target.dispatchEvent(new Event('input', { bubbles: true }))
    target.dispatchEvent(new Event('change', { bubbles: true }))
  }
}

function fill(card: Card): void {
  const [year = '', month = '', day = ''] = card.birth.split('-')
  set('number', card.number)
  set('card-number', card.number)
  set('name', card.name)
  set('birth', `${day}/${month}/${year}`)
  set('birth-day', String(Number(day)))
  set('birth-month', String(Number(month)))
  set('birth-year', year)
  set('sex', card.sex)
  set('address', card.address)
}

function linkButton(text: string, after: Element): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'cs-link-button'
  button.textContent = text
  after.after(button)
  return button
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-card]')) {
  const status = document.createElement('p')
  status.className = 'govuk-hint'
  status.setAttribute('role', 'status')
  input.after(status)
  const take = (text: string): boolean => {
    const card = readCard(text)
    status.textContent = card ? words.filled.replace('{name}', card.name) : words.unreadable
    if (!card) return false
    fill(card)
    input.value = ''
    const next = input.dataset.card ? document.getElementById(input.dataset.card) : null
    next?.focus()
    return true
  }
  input.addEventListener('keydown', (event) => {
    // Scanners end with Enter; that must not send the form.
    if (event.key !== 'Enter' || input.value.trim() === '') return
    event.preventDefault()
    if (!take(input.value)) input.select()
  })
  const camera = linkButton(words.camera, status)
  camera.addEventListener('click', () => void import('./camera.ts').then(({ scanCard }) => scanCard(camera, take)))
}

if (navigator.mediaDevices && typeof DataTransfer !== 'undefined') {
  for (const input of document.querySelectorAll<HTMLInputElement>('.cs-checklist input[type="file"]')) {
    const label = input.closest('.govuk-form-group')?.querySelector('label')?.textContent ?? ''
    const button = linkButton(words.picture, input)
    button.setAttribute('aria-label', `${words.picture}: ${label}`)
    button.addEventListener('click', () => void import('./camera.ts').then(({ takePages }) => takePages(input)))
  }
}
