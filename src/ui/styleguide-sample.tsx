import type { PropsWithChildren } from 'hono/jsx'

/** One component with its name above it. */
export const Sample = ({ name, children }: PropsWithChildren<{ name: string }>) => (
  <section class="cs-sample" aria-label={name}>
    <h3 class="govuk-heading-s cs-muted">{name}</h3>
    {children}
  </section>
)
