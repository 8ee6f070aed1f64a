// Answers while a person types. Combobox with a list (WAI-ARIA APG); Enter without a choice sends the form as it does without us.
import { readSuggestions, type Suggestion, step } from './suggest.ts'

const english = document.documentElement.lang === 'en'
const found = (count: number): string => (english ? `${count} suggestions` : count === 0 ? 'Không có gợi ý' : `Có ${count} gợi ý`)

function attach(input: HTMLInputElement, address: string): void {
  const list = document.createElement('ul')
  list.id = `${input.id}-list`
  list.className = 'cs-suggest'
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', english ? 'Suggestions' : 'Gợi ý')
  list.hidden = true
  const status = document.createElement('div')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  input.parentElement?.append(list, status)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-controls': list.id,
    'aria-expanded': 'false',
  }))
    input.setAttribute(name, value)

  let items: Suggestion[] = []
  let chosen = -1
  let timer = 0
  let running: AbortController | undefined

  const choose = (at: number): void => {
    chosen = at
    list.querySelectorAll('li').forEach((option, index) => {
      option.setAttribute('aria-selected', String(index === at))
      if (index === at) option.scrollIntoView({ block: 'nearest' })
    })
    if (at < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', `${list.id}-${at}`)
  }

  const show = (next: Suggestion[]): void => {
    items = next
    list.replaceChildren(...next.map(option))
    list.hidden = next.length === 0
    input.setAttribute('aria-expanded', String(next.length > 0))
    choose(-1)
  }

  const option = (item: Suggestion, at: number): HTMLLIElement => {
    const line = document.createElement('li')
    line.id = `${list.id}-${at}`
    line.className = 'cs-suggest__item'
    line.setAttribute('role', 'option')
    line.textContent = item.text
    if (item.detail) {
      const detail = document.createElement('span')
      detail.className = 'cs-suggest__detail'
      detail.textContent = item.detail
      line.append(detail)
    }
    // Before the input loses the focus and closes the list.
    line.addEventListener('pointerdown', (event) => event.preventDefault())
    line.addEventListener('click', () => location.assign(item.href))
    return line
  }

  const ask = async (): Promise<void> => {
    running?.abort()
    const words = input.value.trim()
    if (words.length < 2) return show([])
    running = new AbortController()
    try {
      const url = new URL(address, location.href)
      url.searchParams.set('q', words)
      const response = await fetch(url, { signal: running.signal, headers: { accept: 'application/json' } })
      if (!response.ok) return show([])
      show(readSuggestions(await response.json()))
      status.textContent = found(items.length)
    } catch {
      // Typed on, or offline: Enter still searches.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(ask, 130)
  })
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return
    if (event.key === 'Escape' && !list.hidden) {
      event.preventDefault()
      show([])
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (items.length === 0) return
      event.preventDefault()
      choose(step(chosen, items.length, event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter') {
      const item = items[chosen]
      if (!item) return
      event.preventDefault()
      location.assign(item.href)
    }
  })
  input.addEventListener('blur', () => show([]))
}

for (const input of document.querySelectorAll<HTMLInputElement>('input[data-src]')) attach(input, input.dataset.src ?? '')
