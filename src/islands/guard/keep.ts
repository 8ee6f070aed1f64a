import { type KeptForm, lock, mayKeep, nextStep, unlock } from './kept-form.ts'

const NAME = 'cuaso-form'
const words =
  document.documentElement.lang === 'en'
    ? 'Your session had ended. What you typed is back: check it, then send it. Files and passwords must be given again.'
    : 'Phiên làm việc đã hết giữa chừng. Những gì bạn nhập đã được điền lại: xem lại rồi gửi. Tệp và mật khẩu phải chọn, nhập lại.'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const key = document.querySelector<HTMLMetaElement>('meta[name=cs-keep]')?.content ?? ''

const controlsOf = (form: HTMLFormElement): Control[] =>
  [...form.elements].filter(
    (one): one is Control =>
      (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement) && mayKeep(one),
  )

const isTick = (control: Control): control is HTMLInputElement => control.type === 'radio' || control.type === 'checkbox'

const pathOf = (form: HTMLFormElement): string => new URL(form.getAttribute('action') || location.href, location.href).pathname

function valuesOf(form: HTMLFormElement): [string, string][] {
  return controlsOf(form).flatMap((control): [string, string][] =>
    isTick(control) && !control.checked ? [] : [[control.name, control.value]],
  )
}

/** Remembers a form that is being sent: whether the session still lives, only the answer tells. */
export function remember(form: HTMLFormElement): void {
  // Outside https (and this very machine) browsers have no means to encrypt, and then nothing is kept.
  if (!key || !globalThis.crypto?.subtle) return
  const kept: KeptForm = { action: pathOf(form), values: valuesOf(form), at: Date.now() }
  if (kept.values.length === 0) return
  const store = async (): Promise<void> => {
    const { action, at } = kept
    sessionStorage.setItem(NAME, JSON.stringify({ action, at, ended: false, locked: await lock(key, kept) }))
  }
  store().catch(() => undefined)
}

function putBack(form: HTMLFormElement, { values }: KeptForm): void {
  const left = new Map<string, string[]>()
  for (const [name, value] of values) left.set(name, [...(left.get(name) ?? []), value])
  for (const control of controlsOf(form)) {
    const mine = left.get(control.name) ?? []
    if (isTick(control)) control.checked = mine.includes(control.value)
    else if (mine.length > 0) control.value = mine.shift() ?? ''
    else continue
    control.dispatchEvent(new Event('input', { bubbles: true }))
    control.dispatchEvent(new Event('change', { bubbles: true }))
    const folded = control.closest('details')
    if (folded) folded.open = true
  }
  const note = document.createElement('div')
  note.className = 'govuk-inset-text'
  note.tabIndex = -1
  note.setAttribute('role', 'status')
  note.textContent = words
  form.prepend(note)
  note.focus()
}

interface Stored {
  readonly action: string
  readonly at: number
  readonly ended: boolean
  readonly locked: string
}

function stored(): Stored | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

/** On a page just opened: puts what was typed back, goes on waiting for the sign-in, or forgets it. */
export async function comeBack(): Promise<void> {
  const kept = stored()
  if (!kept) return
  const form = [...document.querySelectorAll<HTMLFormElement>('form[data-guard]')].find((one) => pathOf(one) === kept.action)
  const step = nextStep(kept, { path: location.pathname, signedIn: key !== '', hasForm: form !== undefined }, Date.now())
  if (step === 'wait') return sessionStorage.setItem(NAME, JSON.stringify({ ...kept, ended: true }))
  sessionStorage.removeItem(NAME)
  const typed = step === 'put back' && form ? await unlock(key, kept.locked) : undefined
  if (typed && form) putBack(form, typed)
}
