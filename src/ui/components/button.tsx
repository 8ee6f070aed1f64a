import type { PropsWithChildren } from 'hono/jsx'
import { classes } from '../say.ts'

type Look = 'primary' | 'secondary' | 'warning' | 'start'

interface ButtonProps {
  readonly look?: Look
  readonly name?: string
  readonly value?: string
  readonly type?: 'submit' | 'button'
  readonly disabled?: boolean
  readonly id?: string
  /** Sends the form here instead of to the form's own address. */
  readonly formaction?: string
  /** Form this button belongs to when it stands outside of it. */
  readonly form?: string
  /** Key that presses it in the office: `.` act, for example. */
  readonly shortcut?: string
}

const looks: Record<Look, string | null> = {
  primary: null,
  secondary: 'govuk-button--secondary',
  warning: 'govuk-button--warning',
  start: 'govuk-button--start',
}

const Arrow = () => (
  <svg class="govuk-button__start-icon" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false">
    <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
  </svg>
)

/** A button that sends a form. One primary button a page. */
export const Button = ({ look = 'primary', type = 'submit', children, shortcut, ...rest }: PropsWithChildren<ButtonProps>) => (
  <button class={classes('govuk-button', looks[look])} type={type} data-key={shortcut} {...rest}>
    {children}
    {look === 'start' && <Arrow />}
  </button>
)

/** A link that looks like a button: starts something, changes nothing. */
export const LinkButton = ({
  href,
  look = 'primary',
  shortcut,
  children,
}: PropsWithChildren<{ href: string; look?: Look; shortcut?: string }>) => (
  <a class={classes('govuk-button', looks[look])} href={href} draggable={false} data-key={shortcut}>
    {children}
    {look === 'start' && <Arrow />}
  </a>
)

/** Buttons side by side, one below the other on a phone. */
export const ButtonGroup = ({ children }: PropsWithChildren) => <div class="govuk-button-group">{children}</div>
