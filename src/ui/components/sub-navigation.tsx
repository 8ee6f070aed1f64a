import { formatNumber } from '../format.ts'

export interface Tab {
  readonly text: string
  readonly href: string
  readonly current?: boolean
  readonly count?: number
}

/** Pages of one thing, side by side. Links, so that each has its own address. */
export const SubNavigation = ({ tabs, label }: { tabs: readonly Tab[]; label: string }) => (
  <nav class="moj-sub-navigation" aria-label={label}>
    <ul class="moj-sub-navigation__list">
      {tabs.map((tab) => (
        <li class="moj-sub-navigation__item">
          <a class="moj-sub-navigation__link" href={tab.href} aria-current={tab.current ? 'page' : undefined}>
            {tab.text}
            {tab.count !== undefined && <span class="cs-nav__count">{formatNumber(tab.count)}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
