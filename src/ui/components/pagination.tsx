import { type Locale, t } from '../../kernel/i18n/index.ts'
import { formatNumber } from '../format.ts'
import { texts } from '../texts.ts'

interface PaginationProps {
  /** From 1. */
  readonly page: number
  readonly pageSize: number
  readonly total: number
  /** Address of a page. */
  readonly href: (page: number) => string
  readonly locale?: Locale
}

/** Page numbers worth showing: first, last, and those around the current one; `null` is a gap. */
export function pagesAround(page: number, last: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last)
  const sorted = [...new Set(wanted)].sort((a, b) => a - b)
  return sorted.flatMap((n, at) => {
    const before = sorted[at - 1]
    if (before === undefined || n === before + 1) return [n]
    // A gap that hides a single page is longer than the page's own number.
    return n === before + 2 ? [before + 1, n] : [null, n]
  })
}

/** `1–50 trong 82.015` and links to other pages. */
export const Pagination = ({ page, pageSize, total, href, locale = 'vi' }: PaginationProps) => {
  const last = Math.max(1, Math.ceil(total / pageSize))
  const figures = {
    from: formatNumber(Math.min(total, (page - 1) * pageSize + 1), locale),
    to: formatNumber(Math.min(total, page * pageSize), locale),
    total: formatNumber(total, locale),
  }
  return (
    <div class="cs-pagination">
      <p class="cs-pagination__count">{t(locale, texts.shown, figures)}</p>
      {last > 1 && (
        <nav class="govuk-pagination" aria-label={t(locale, texts.pages)}>
          {page > 1 && (
            <div class="govuk-pagination__prev">
              <a class="govuk-link govuk-pagination__link" href={href(page - 1)} rel="prev">
                <span aria-hidden="true">← </span>
                {t(locale, texts.previous)}
              </a>
            </div>
          )}
          <ul class="govuk-pagination__list">
            {pagesAround(page, last).map((n) =>
              n === null ? (
                <li class="govuk-pagination__item govuk-pagination__item--ellipsis">⋯</li>
              ) : (
                <li class={n === page ? 'govuk-pagination__item govuk-pagination__item--current' : 'govuk-pagination__item'}>
                  <a
                    class="govuk-link govuk-pagination__link"
                    href={href(n)}
                    aria-label={t(locale, texts.pageNumber, { page: n })}
                    aria-current={n === page ? 'page' : undefined}
                  >
                    {formatNumber(n, locale)}
                  </a>
                </li>
              ),
            )}
          </ul>
          {page < last && (
            <div class="govuk-pagination__next">
              <a class="govuk-link govuk-pagination__link" href={href(page + 1)} rel="next">
                {t(locale, texts.next)}
                <span aria-hidden="true"> →</span>
              </a>
            </div>
          )}
        </nav>
      )}
    </div>
  )
}
