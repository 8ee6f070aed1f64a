// The office's keys: / search, j k move, Enter open, x tick, . act, ? help. Can be switched off (WCAG 2.1.4) in the help itself.
import { actionOf, rowAfter } from './keys.ts'

const MEMORY = 'cuaso-keys'
const HERE = 'cs-row--here'
const english = document.documentElement.lang === 'en'

const rows = (): HTMLTableRowElement[] => [...document.querySelectorAll<HTMLTableRowElement>('table[data-keys] tbody tr')]
const here = (): HTMLTableRowElement | undefined => rows().find((row) => row.classList.contains(HERE))
const off = (): boolean => localStorage.getItem(MEMORY) === 'off'

function move(by: 1 | -1): void {
  const all = rows()
  const at = rowAfter(
    all.findIndex((row) => row.classList.contains(HERE)),
    all.length,
    by,
  )
  const row = all[at]
  if (!row) return
  for (const other of all) other.classList.toggle(HERE, other === row)
  row.scrollIntoView({ block: 'nearest' })
  // Real focus, so that a screen reader hears the row and Tab goes on from it.
  row.querySelector<HTMLElement>('a[href], button')?.focus({ preventScroll: true })
}

function tick(): void {
  const row = here()
  const box = row?.querySelector<HTMLInputElement>('input[type=checkbox]')
  if (!row || !box) return
  box.click()
  row.setAttribute('aria-selected', String(box.checked))
}

/** With rows ticked, the first thing that can be done with them; on a row, its dossier where the next step is; else the page's own action. */
function act(): boolean {
  const ticked = document.querySelector('table[data-keys] td input[type=checkbox]:checked')
  const bulk = ticked && document.querySelector<HTMLElement>('button[data-bulk]')
  if (bulk) bulk.focus()
  const href = bulk ? undefined : here()?.dataset.href
  if (href) location.assign(`${href}#buoc`)
  return Boolean(bulk ?? href) || press('.')
}

function press(key: string): boolean {
  const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
  if (!target) return false
  if (target instanceof HTMLDetailsElement) target.open = !target.open
  else if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement)
    target.focus()
  else target.click()
  return true
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

addEventListener('keydown', (event) => {
  if (off() || event.defaultPrevented) return
  const action = actionOf(event, isTyping(event.target))
  if (!action) return
  if (action.do === 'leave') (event.target as HTMLElement).blur()
  else if (action.do === 'move') move(action.by)
  else if (action.do === 'tick') tick()
  else if (action.do === 'open') {
    // A link, button or box under the focus answers by itself.
    const href = here()?.dataset.href
    if (href && document.activeElement === document.body) location.assign(href)
    return
  } else if (!(action.do === 'act' ? act() : press(action.key))) return
  event.preventDefault()
})

for (const button of document.querySelectorAll<HTMLButtonElement>('[data-keys-switch]')) {
  const label = (): void => {
    const words = english ? ['Turn shortcuts on', 'Turn shortcuts off'] : ['Bật phím tắt', 'Tắt phím tắt']
    button.textContent = (off() ? words[0] : words[1]) ?? ''
  }
  button.hidden = false
  label()
  button.addEventListener('click', () => {
    localStorage.setItem(MEMORY, off() ? 'on' : 'off')
    label()
  })
}
