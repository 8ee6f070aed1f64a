import { createHmac } from 'node:crypto'
import { type Actor, actorKey, type Role } from '../kernel/context.ts'
import type { Web } from '../kernel/http/context.ts'
import { refuseEntry } from '../kernel/http/server.ts'
import type { Text } from '../kernel/i18n/index.ts'
import type { Door, LayoutProps, NavItem } from './layout.tsx'
import { THEME_PATH } from './theme-routes.ts'

export const roleNames: Readonly<Record<Role, Text>> = {
  citizen: { vi: 'Người dân', en: 'Citizen' },
  clerk: { vi: 'Cán bộ một cửa', en: 'Counter clerk' },
  specialist: { vi: 'Chuyên viên', en: 'Specialist' },
  unit_head: { vi: 'Lãnh đạo đơn vị', en: 'Head of unit' },
  reform_officer: { vi: 'Cán bộ cải cách hành chính', en: 'Reform officer' },
  leader: { vi: 'Lãnh đạo tỉnh', en: 'Leader' },
  administrator: { vi: 'Quản trị', en: 'Administrator' },
}

function userOf(actor: Actor): LayoutProps['user'] {
  if (actor.kind === 'citizen') return { name: actor.name, href: '/tai-khoan' }
  if (actor.kind !== 'officer') return undefined
  const role = actor.grants[0]?.role
  return { name: actor.name, href: '/tai-khoan', ...(role ? { roleLabel: roleNames[role] } : {}) }
}

/** The same for one person at every sign-in, different for everybody else, and nobody can work it out. */
const keepKeyOf = (secret: string, actor: Actor): string =>
  createHmac('sha256', secret)
    .update(`kept form of ${actorKey(actor)}`)
    .digest('base64url')

/** The parts of a page's frame that follow from who asks and where: province, language, user, navigation of the door. */
export function frame(
  c: Web,
  door: Door,
): Pick<LayoutProps, 'door' | 'locale' | 'province' | 'user' | 'csrfToken' | 'signInHref' | 'nav' | 'keepKey'> {
  const app = c.get('app')
  const actor = c.get('actor')
  const path = c.req.path
  const links = app.navigation.filter((link) => link.door === door && refuseEntry(app, actor, link.entry) === undefined)
  // The longest address that this page lies under is where the person is.
  const here = links
    .map((link) => link.href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]
  const nav: NavItem[] = links.map((link) => ({ href: link.href, text: link.text, current: link.href === here }))
  const user = userOf(actor)
  return {
    door,
    locale: c.get('locale'),
    province: { name: app.province.name, ...(app.config.PRIMARY_COLOUR ? { themeHref: THEME_PATH } : {}) },
    nav,
    ...(user ? { user, keepKey: keepKeyOf(app.secret, actor) } : { signInHref: door === 'portal' ? '/dang-nhap' : '/dang-nhap/can-bo' }),
    ...(c.get('csrf') ? { csrfToken: c.get('csrf') } : {}),
  }
}
