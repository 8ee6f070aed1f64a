import type { PropsWithChildren } from 'hono/jsx'

/** Colour of a state. The word says it; the colour only helps. */
export type Tone = 'neutral' | 'info' | 'good' | 'waiting' | 'bad' | 'accent'

/** A state in one or two words. */
export const Tag = ({ tone = 'neutral', children }: PropsWithChildren<{ tone?: Tone }>) => (
  <strong class={`cs-tag cs-tag--${tone}`}>{children}</strong>
)
