import { dayOf } from '../../kernel/clock.ts'
import type { Web } from '../../kernel/http/context.ts'
import { t } from '../../kernel/i18n/index.ts'
import { frame } from '../../ui/frame.ts'
import { page, SummaryList } from '../../ui/index.ts'
import { citizenRule } from '../dossier/index.ts'
import { privacyTexts as texts } from './privacy-texts.ts'

/** GET /du-lieu-ca-nhan: what is kept about people, what for, how long and who sees it. */
export function privacyPage(c: Web): Response | Promise<Response> {
  const locale = c.get('locale')
  const { deviceDays } = citizenRule(dayOf(c.get('app').clock()))
  return page(
    c,
    { ...frame(c, 'portal'), title: texts.title },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.title)}</h1>
        <p class="govuk-body-l">{t(locale, texts.lead)}</p>
        <h2 class="govuk-heading-m">{t(locale, texts.dossier)}</h2>
        <p class="govuk-body">{t(locale, texts.dossierWhat)}</p>
        <h2 class="govuk-heading-m" id="may">
          {t(locale, texts.device)}
        </h2>
        {deviceDays === 0 ? (
          <p class="govuk-body">{t(locale, texts.deviceOff)}</p>
        ) : (
          <SummaryList
            locale={locale}
            rows={[
              { key: t(locale, texts.what), value: t(locale, texts.deviceWhat) },
              { key: t(locale, texts.why), value: t(locale, texts.deviceWhy) },
              { key: t(locale, texts.who), value: t(locale, texts.deviceWho) },
              { key: t(locale, texts.long), value: t(locale, texts.deviceLong, { days: deviceDays }) },
              { key: t(locale, texts.office), value: t(locale, texts.deviceOffice) },
            ]}
          />
        )}
        <h2 class="govuk-heading-m">{t(locale, texts.cookies)}</h2>
        <p class="govuk-body">{t(locale, texts.cookiesWhat)}</p>
        <h2 class="govuk-heading-m">{t(locale, texts.rights)}</h2>
        <p class="govuk-body">{t(locale, texts.rightsWhat)}</p>
        <p class="govuk-body">
          <a class="govuk-link" href="/phan-anh/gui">
            {t(locale, texts.rightsLink)}
          </a>
        </p>
      </div>
    </div>,
  )
}
