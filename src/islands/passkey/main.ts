// Lets a form be answered by a passkey: makes one or asks one, writes the browser's answer into the form, and sends it.
import { startAuthentication, startRegistration, WebAuthnError } from '@simplewebauthn/browser'

type Creation = Parameters<typeof startRegistration>[0]['optionsJSON']
type Request = Parameters<typeof startAuthentication>[0]['optionsJSON']

const english = document.documentElement.lang === 'en'
const words = {
  given: english ? 'That did not work, or was given up. Try again.' : 'Chưa được, hoặc đã thôi giữa chừng. Bấm để thử lại.',
  known: english ? 'This device has a passkey for this account already.' : 'Máy này đã có khóa truy cập cho tài khoản.',
  cannot: english
    ? 'This browser cannot use passkeys here. Use another way.'
    : 'Trình duyệt này không dùng được khóa truy cập ở đây. Hãy dùng cách khác.',
}

const sentence = (error: unknown): string =>
  error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? words.known : words.given

for (const place of document.querySelectorAll<HTMLElement>('[data-passkey]')) {
  const button = place.querySelector<HTMLButtonElement>('button')
  const field = place.querySelector<HTMLInputElement>('input[type=hidden]')
  const problem = place.querySelector<HTMLElement>('[data-passkey-problem]')
  const form = place.closest('form')
  if (!button || !field || !problem || !form) continue
  if (!window.PublicKeyCredential) {
    problem.textContent = words.cannot
    continue
  }
  button.hidden = false
  button.addEventListener('click', async () => {
    problem.textContent = ''
    button.setAttribute('aria-disabled', 'true')
    const options: unknown = JSON.parse(place.dataset.options ?? '{}')
    try {
      const answer =
        place.dataset.passkey === 'create'
          ? await startRegistration({ optionsJSON: options as Creation })
          : await startAuthentication({ optionsJSON: options as Request })
      field.value = JSON.stringify(answer)
      form.requestSubmit()
    } catch (error) {
      problem.textContent = sentence(error)
    } finally {
      button.removeAttribute('aria-disabled')
    }
  })
}
