import type { PropsWithChildren } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'
import { Island } from './island.tsx'

/** A part of a page kept true by a stream; elements inside with an `id` can be replaced. Says when the connection is lost. */
export const Live = ({ stream, locale = 'vi', children }: PropsWithChildren<{ stream: string; locale?: Locale }>) => (
  <div data-live={stream}>
    <p class="cs-live cs-screen-only" role="status" data-live-state data-live={t(locale, texts.live)} data-lost={t(locale, texts.lost)} />
    {children}
    <Island name="live-board" />
  </div>
)
