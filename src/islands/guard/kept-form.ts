// What was typed when a session ended in the middle of a form. It stays in this tab's storage for ten minutes, encrypted under a key that the
// server gives to nobody but the signed-in person: on a shared machine the next one can neither see it nor get it into their form.

/** What a form held when it was sent. */
export interface KeptForm {
  /** Path the form sends to: the same form has the same. */
  readonly action: string
  readonly values: readonly (readonly [string, string])[]
  /** When it was sent, epoch ms. */
  readonly at: number
}

export const KEEP_MS = 10 * 60_000

/** Types of input that are never kept: secrets, files, and what the server itself puts in. */
const NEVER = ['password', 'hidden', 'file', 'submit', 'button', 'image', 'reset']

interface Field {
  readonly name: string
  readonly type: string
  readonly autocomplete?: string
}

/** Whether what is typed there may be kept. */
export const mayKeep = ({ name, type, autocomplete }: Field): boolean =>
  name !== '' && !name.startsWith('_') && !NEVER.includes(type) && autocomplete !== 'one-time-code'

const SIGN_IN = /^\/(dang-nhap|vneid-gia-lap)(\/|$)/
const ON_THE_WAY = /^\/(tai-khoan\/(mat-khau|hai-lop)|dang-nhap)(\/|$)/

/**
 * What to do with what is kept, on a page that has just been opened. Only a page of the sign-in in between says that the session had ended:
 * without one the form was taken as it should.
 */
export function nextStep(
  kept: { readonly at: number; readonly ended: boolean },
  page: { readonly path: string; readonly signedIn: boolean; readonly hasForm: boolean },
  now: number,
): 'wait' | 'put back' | 'forget' {
  if (now - kept.at > KEEP_MS) return 'forget'
  if (!page.signedIn) return SIGN_IN.test(page.path) ? 'wait' : 'forget'
  if (!kept.ended) return 'forget'
  if (page.hasForm) return 'put back'
  return ON_THE_WAY.test(page.path) ? 'wait' : 'forget'
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))

const textOf = (bytes: Uint8Array): string => {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

const importKey = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['encrypt', 'decrypt'])

/** Encrypts a form for its owner. */
export async function lock(key: string, form: KeptForm): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const text = new TextEncoder().encode(JSON.stringify(form))
  const locked = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, await importKey(key), text)
  return `${textOf(nonce)}.${textOf(new Uint8Array(locked))}`
}

/** The form again; nothing for anybody but its owner. */
export async function unlock(key: string, locked: string): Promise<KeptForm | undefined> {
  const [nonce = '', text = ''] = locked.split('.')
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(nonce) }, await importKey(key), bytesOf(text))
    return JSON.parse(new TextDecoder().decode(plain)) as KeptForm
  } catch {
    return undefined
  }
}
