import type { Web } from '../../../kernel/http/context.ts'
import { refuseEntry } from '../../../kernel/http/server.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { formatNumber, page } from '../../../ui/index.ts'
import { countThings } from '../queries/count-things.ts'
import { countNeeds } from '../queries/read-system.ts'
import { linkHints, texts } from '../texts.ts'
import { jobsHref } from './job-views.ts'

/** What waits for someone, each with where to deal with it. Shown to those who can. */
const Needs = async ({ c }: { c: Web }) => {
  const locale = c.get('locale')
  const { jobs, complaints } = await countNeeds(c.get('app'))
  if (jobs === 0 && complaints === 0) return <p class="govuk-body">{t(locale, texts.allWell)}</p>
  return (
    <ul class="govuk-list govuk-list--bullet">
      {jobs > 0 && (
        <li>
          <a class="govuk-link" href={jobsHref({ view: 'stuck' })}>
            {t(locale, texts.stuckJobs, { n: jobs })}
          </a>
        </li>
      )}
      {complaints > 0 && (
        <li>
          <a class="govuk-link" href="/quan-tri/he-thong">
            {t(locale, texts.complaints, { n: complaints })}
          </a>
        </li>
      )}
    </ul>
  )
}

const Hint = ({ href, locale }: { href: string; locale: Locale }) => {
  const hint = linkHints[href]
  return hint && <span>{t(locale, hint)}</span>
}

/** `/quan-tri`: the administration door. Links follow from the rights of whoever looks. */
export async function homePage(c: Web): Promise<Response> {
  const app = c.get('app')
  const locale = c.get('locale')
  const actor = c.get('actor')
  const links = app.navigation.filter(
    (link) => link.door === 'admin' && link.href !== '/quan-tri' && refuseEntry(app, actor, link.entry) === undefined,
  )
  const counts = await countThings(app)
  const seesHealth = app.access(c.get('province')).canAtRoot(actor, 'ops.health')
  return page(
    c,
    { ...frame(c, 'admin'), title: texts.home },
    <>
      <h1 class="govuk-heading-l">{t(locale, texts.home)}</h1>
      <p class="govuk-body">{t(locale, texts.homeLead)}</p>
      {seesHealth && (
        <>
          <h2 class="govuk-heading-m">{t(locale, texts.needsYou)}</h2>
          <Needs c={c} />
        </>
      )}
      <dl class="govuk-summary-list">
        {links.map((link) => (
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">
              <a class="govuk-link" href={link.href}>
                {t(locale, link.text)}
              </a>
            </dt>
            <dd class="govuk-summary-list__value">
              <Hint href={link.href} locale={locale} />
              {counts[link.href] !== undefined && <strong class="cs-tabular"> {formatNumber(counts[link.href] ?? 0, locale)}</strong>}
            </dd>
          </div>
        ))}
      </dl>
    </>,
  )
}
