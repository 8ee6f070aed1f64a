import type { PropsWithChildren } from 'hono/jsx'

/** Names of the two hidden inputs every form carries. */
export const CSRF_FIELD = '_csrf'
export const REQUEST_FIELD = '_request'

export const CsrfField = ({ token }: { token: string }) => <input type="hidden" name={CSRF_FIELD} value={token} />

interface FormProps {
  readonly action?: string
  /** Token of this session, from the context. */
  readonly csrfToken: string
  /** A fresh id: sending the same form twice is then one command. */
  readonly requestId?: string
  /** Carries files. */
  readonly files?: boolean
  /** Warn before leaving with unsaved answers. */
  readonly unsaved?: boolean
  /** Holds answers already that nobody saved: a page that came back with them warns before anything is typed. */
  readonly changed?: boolean
  readonly class?: string
  readonly id?: string
}

/** A form that changes something. The browser's own bubbles are off: errors come from the server, in a summary and at the field. */
export const Form = ({
  action,
  csrfToken,
  requestId,
  files,
  unsaved,
  changed,
  class: className,
  id,
  children,
}: PropsWithChildren<FormProps>) => (
  <form
    method="post"
    action={action}
    id={id}
    class={className}
    enctype={files ? 'multipart/form-data' : undefined}
    data-guard={unsaved ? 'unsaved' : 'once'}
    data-changed={changed ? '' : undefined}
    novalidate
  >
    <CsrfField token={csrfToken} />
    {requestId && <input type="hidden" name={REQUEST_FIELD} value={requestId} />}
    {children}
  </form>
)
