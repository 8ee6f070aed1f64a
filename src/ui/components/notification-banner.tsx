import type { PropsWithChildren } from 'hono/jsx'
import { type Locale, t } from '../../kernel/i18n/index.ts'
import { texts } from '../texts.ts'

interface BannerProps {
  readonly kind?: 'success' | 'info' | 'warning'
  readonly title?: string
  readonly locale?: Locale
}

/** Says once what just happened or what must be known on this page. */
export const NotificationBanner = ({ kind = 'info', title, locale = 'vi', children }: PropsWithChildren<BannerProps>) => {
  const heading = title ?? t(locale, texts[kind])
  return (
    <section
      class={`cs-banner cs-banner--${kind}`}
      aria-label={heading}
      data-focus={kind === 'info' ? undefined : true}
      tabindex={kind === 'info' ? undefined : -1}
    >
      <div role={kind === 'info' ? undefined : 'alert'}>
        <p class="cs-banner__title">{heading}</p>
        <div class="cs-banner__content">{children}</div>
      </div>
    </section>
  )
}
