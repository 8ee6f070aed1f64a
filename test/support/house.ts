import type { App } from '../../src/kernel/app.ts'
import { loadCatalogue } from '../../src/modules/catalogue/index.ts'
import { loadForms } from '../../src/modules/form/index.ts'
import { seedDemo } from '../../src/modules/identity/index.ts'
import { loadOrganisationData, refreshDirectory } from '../../src/modules/organisation/index.ts'
import { csrfIn, Visitor } from './visitor.ts'

/** Units, catalogue, forms, officers and citizens of the demo; not one dossier. */
export async function furnish(app: App): Promise<void> {
  const { db, province } = app
  await loadOrganisationData(app, province)
  await refreshDirectory(db, province)
  await loadCatalogue(app, province)
  await loadForms(app, province)
  await seedDemo(app, province)
}

/** What somebody signed in carries: the session's cookie and its form token. */
export interface Credentials {
  readonly cookie: string
  readonly csrf: string
}

async function credentials(visitor: Visitor): Promise<Credentials> {
  const page = await (await visitor.get('/tai-khoan')).text()
  const token = visitor.cookie('cuaso_session')
  if (!token || !csrfIn(page)) throw new Error('nobody was signed in')
  return { cookie: `cuaso_session=${token}`, csrf: csrfIn(page) }
}

const overNetwork = (origin: string): Visitor => new Visitor((request) => fetch(request), origin)

/** Signs a demo officer in through the real pages. */
export async function signInOfficer(origin: string, username: string, password = 'cuaso-demo-2026'): Promise<Credentials> {
  const visitor = overNetwork(origin)
  await visitor.submit('/dang-nhap/can-bo', { username, password })
  return credentials(visitor)
}

/** Signs a demo citizen in through the stand-in for VNeID. */
export async function signInCitizen(origin: string, number: string): Promise<Credentials> {
  const visitor = overNetwork(origin)
  const arrived = await visitor.follow(await visitor.get('/dang-nhap/vneid'))
  const form = await arrived.response.text()
  const names = [...form.matchAll(/<input[^>]*name="([^"]+)"[^>]*>/g)].map((match) => match[1] ?? '')
  const numberField = names.find((name) => !name.startsWith('_') && !/pass|mat-khau/.test(name)) ?? 'number'
  const passwordField = names.find((name) => /pass|mat-khau/.test(name)) ?? 'password'
  await visitor.follow(
    await visitor.post(arrived.way.at(-1) ?? '', { _csrf: csrfIn(form), [numberField]: number, [passwordField]: 'congdan-2026' }),
  )
  return credentials(visitor)
}

/** What a page of ours sends with JSON. */
export const jsonHeaders = (who: Credentials): Record<string, string> => ({
  'content-type': 'application/json',
  cookie: who.cookie,
  'x-csrf-token': who.csrf,
  'sec-fetch-site': 'same-origin',
})
