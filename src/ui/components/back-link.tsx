import type { Locale } from '../../kernel/i18n/index.ts'
import { say, type Words } from '../say.ts'
import { texts } from '../texts.ts'

export const BackLink = ({ href, text = texts.back, locale = 'vi' }: { href: string; text?: Words | undefined; locale?: Locale }) => (
  <a class="govuk-back-link" href={href}>
    {say(locale, text)}
  </a>
)
