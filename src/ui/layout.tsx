import type { Context, Env } from 'hono'
import { html } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Locale } from '../kernel/i18n/index.ts'
import { t } from '../kernel/i18n/index.ts'
import { asset } from './assets.ts'
import { BackLink } from './components/back-link.tsx'
import { Breadcrumbs, type Crumb } from './components/breadcrumbs.tsx'
import { CsrfField } from './components/form.tsx'
import { Island } from './components/island.tsx'
import { NotificationBanner } from './components/notification-banner.tsx'
import { Mark } from './mark.tsx'
import { say, type Words } from './say.ts'
import { texts } from './texts.ts'

export type Door = 'portal' | 'office' | 'board' | 'admin'

export interface NavItem {
  readonly href: string
  readonly text: Words
  readonly current?: boolean
  /** A figure beside the word, such as how many dossiers wait. */
  readonly count?: number
}

/** What happened just before this page, said once. */
export interface Flash {
  readonly kind: 'success' | 'info' | 'warning'
  readonly text: Words
}

export interface LayoutProps {
  /** Says where the person is; becomes the start of `<title>`. The page writes its own `<h1>`. */
  readonly title: Words
  readonly door: Door
  readonly locale: Locale
  readonly province: {
    readonly name: Words
    /** Address of the style sheet made by `provinceTheme()`, when the province has its own colour. */
    readonly themeHref?: string
  }
  readonly nav?: readonly NavItem[]
  readonly user?: { readonly name: string; readonly roleLabel?: Words; readonly href?: string }
  /** Token of this session; with `user` it makes the sign-out button. */
  readonly csrfToken?: string
  /** Key of whoever is signed in, under which the browser keeps a form when the session ends in the middle of it. */
  readonly keepKey?: string
  /** Where a visitor signs in; leave out to show no link. */
  readonly signInHref?: string
  readonly back?: { readonly href: string; readonly text?: Words }
  readonly breadcrumbs?: readonly Crumb[]
  readonly flash?: Flash
  /** Uses the whole width of the screen: work lists, workspaces, boards. */
  readonly wide?: boolean
  /** The page shows an error summary; `<title>` starts with "Lỗi:". */
  readonly hasErrors?: boolean
  /** More elements for `<head>`. */
  readonly head?: Child
}

/** The address of this page in the other language: same path, same query, `lang` changed. */
export function inLanguage(url: string, locale: Locale): string {
  const at = new URL(url, 'http://localhost')
  at.searchParams.set('lang', locale)
  return at.pathname + at.search
}

const homes: Record<Door, string> = { portal: '/', office: '/mot-cua', board: '/dieu-hanh', admin: '/quan-tri' }

const SignOut = ({ locale, csrfToken }: { locale: Locale; csrfToken: string }) => (
  <form class="cs-header__sign-out" method="post" action="/dang-xuat">
    <CsrfField token={csrfToken} />
    <button class="cs-header__link" type="submit">
      {t(locale, texts.signOut)}
    </button>
  </form>
)

const Tools = ({ user, csrfToken, signInHref, locale, url }: LayoutProps & { url: string }) => {
  const other: Locale = locale === 'vi' ? 'en' : 'vi'
  return (
    <div class="cs-header__tools">
      {user &&
        (user.href ? (
          <a class="cs-header__link cs-header__user" href={user.href}>
            <span class="cs-header__name">{user.name}</span>
            {user.roleLabel && <span class="cs-header__role">{say(locale, user.roleLabel)}</span>}
          </a>
        ) : (
          <span class="cs-header__user">
            <span class="cs-header__name">{user.name}</span>
            {user.roleLabel && <span class="cs-header__role">{say(locale, user.roleLabel)}</span>}
          </span>
        ))}
      {user && csrfToken && <SignOut locale={locale} csrfToken={csrfToken} />}
      {!user && signInHref && (
        <a class="cs-header__link" href={signInHref}>
          {t(locale, texts.signIn)}
        </a>
      )}
      <a class="cs-header__link cs-header__language" href={inLanguage(url, other)} hreflang={other} lang={other}>
        {other === 'en' ? 'English' : 'Tiếng Việt'}
      </a>
    </div>
  )
}

const Nav = ({ nav, locale }: { nav: readonly NavItem[]; locale: Locale }) => (
  <nav class="cs-nav" aria-label={t(locale, texts.mainNavigation)}>
    <ul class="cs-nav__list govuk-width-container">
      {nav.map((item) => (
        <li class="cs-nav__item">
          <a class="cs-nav__link" href={item.href} aria-current={item.current ? 'page' : undefined}>
            {say(locale, item.text)}
            {item.count !== undefined && <span class="cs-nav__count">{item.count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

const Footer = ({ locale, province }: LayoutProps) => (
  <footer class="cs-footer">
    <div class="govuk-width-container">
      <ul class="cs-footer__links">
        {footerLinks.map((link) => (
          <li>
            <a class="govuk-link" href={link.href}>
              {t(locale, link.text)}
            </a>
          </li>
        ))}
      </ul>
      <p class="cs-footer__note">{t(locale, texts.footerNote, { province: say(locale, province.name) })}</p>
    </div>
  </footer>
)

/** Links at the foot of every page; each door's pages must answer these addresses. */
export const footerLinks = [
  { href: '/thu-tuc', text: texts.footerProcedures },
  { href: '/tra-cuu', text: texts.footerTrack },
  { href: '/du-lieu-ca-nhan', text: texts.footerPrivacy },
  { href: '/mot-cua', text: texts.footerOffice },
  { href: '/dieu-hanh', text: texts.footerBoard },
  { href: '/api/v1', text: texts.footerApi },
] as const

/** A whole document around a page: skip link, header with the mark, navigation, main, footer. No inline script or style. */
export const Layout = (props: PropsWithChildren<LayoutProps & { url: string }>) => {
  const { locale, door, province } = props
  const title = `${props.hasErrors ? `${t(locale, texts.errorPrefix)} ` : ''}${say(locale, props.title)}`
  return (
    <html lang={locale} class="govuk-template cs-template">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} – Cửa Số ${say(locale, province.name)}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#0b5d4e" />
        {props.keepKey && <meta name="cs-keep" content={props.keepKey} />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="preload" href={asset('be-vietnam-pro-400.woff2')} as="font" type="font/woff2" crossorigin="" />
        <link rel="preload" href={asset('be-vietnam-pro-600.woff2')} as="font" type="font/woff2" crossorigin="" />
        <link rel="stylesheet" href={asset(door === 'portal' ? 'public.css' : 'office.css')} />
        {province.themeHref && <link rel="stylesheet" href={province.themeHref} />}
        {props.head}
      </head>
      <body class={`govuk-template__body cs-door-${door}${props.wide ? ' cs-wide' : ''}`}>
        <a href="#main" class="govuk-skip-link">
          {t(locale, texts.skip)}
        </a>
        <header class="cs-header">
          <div class="cs-header__row govuk-width-container">
            <a class="cs-brand" href={homes[door]}>
              <Mark size={34} />
              <span class="cs-brand__words">
                <span class="cs-brand__name">Cửa Số</span>
                <span class="cs-brand__place">{say(locale, province.name)}</span>
              </span>
              {door !== 'portal' && <span class="cs-brand__door">{t(locale, texts.doors[door])}</span>}
            </a>
            <Tools {...props} />
          </div>
        </header>
        {props.nav && props.nav.length > 0 && <Nav nav={props.nav} locale={locale} />}
        <div class="cs-body govuk-width-container">
          {props.back && (
            <nav class="cs-back" aria-label={t(locale, texts.wayBack)}>
              <BackLink href={props.back.href} text={props.back.text} locale={locale} />
            </nav>
          )}
          {props.breadcrumbs && <Breadcrumbs items={props.breadcrumbs} locale={locale} />}
          <main id="main" class="govuk-main-wrapper cs-main" tabindex={-1}>
            {props.flash && (
              <NotificationBanner kind={props.flash.kind} locale={locale}>
                {say(locale, props.flash.text)}
              </NotificationBanner>
            )}
            {props.children}
          </main>
        </div>
        <Footer {...props} />
        <Island name="guard" />
      </body>
    </html>
  )
}

/** The whole HTML answer for a page. Set a status first with `c.status(422)` when the page shows errors. */
export const page = <E extends Env>(c: Context<E>, props: LayoutProps, children: Child): Response | Promise<Response> =>
  c.html(
    html`<!doctype html>${(
      <Layout {...props} url={c.req.url}>
        {children}
      </Layout>
    )}`,
  )
