import type { PropsWithChildren } from 'hono/jsx'
import { type Action, actionText, anchorOf, type SchemeFields } from '../../scheme/index.ts'

export const EDIT = '/quan-tri/bo-chi-so/soan'

/** Buttons of the form send it as it is; the page comes back at the place they speak of. */
export const ActionButton = ({
  does,
  fields,
  link,
  children,
}: PropsWithChildren<{ does: Action; fields: SchemeFields /** Looks like a link: the small ones beside a field. */; link?: boolean }>) => (
  <button
    class={link ? 'cs-link-button' : 'govuk-button govuk-button--secondary'}
    type="submit"
    name="lam"
    value={actionText(does)}
    formaction={`${EDIT}#${anchorOf(fields, does)}`}
  >
    {children}
  </button>
)
