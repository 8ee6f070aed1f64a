import { type Locale, t } from '../../kernel/i18n/index.ts'
import { say, type Words } from '../say.ts'
import { texts } from '../texts.ts'

/** One step from the first page; the last one, the page itself, has no address. */
export interface Crumb {
  readonly text: Words
  readonly href?: string
}

export const Breadcrumbs = ({ items, locale = 'vi' }: { items: readonly Crumb[]; locale?: Locale }) => (
  <nav class="govuk-breadcrumbs" aria-label={t(locale, texts.youAreHere)}>
    <ol class="govuk-breadcrumbs__list">
      {items.map((item) => (
        <li class="govuk-breadcrumbs__list-item" aria-current={item.href ? undefined : 'page'}>
          {item.href ? (
            <a class="govuk-breadcrumbs__link" href={item.href}>
              {say(locale, item.text)}
            </a>
          ) : (
            say(locale, item.text)
          )}
        </li>
      ))}
    </ol>
  </nav>
)
