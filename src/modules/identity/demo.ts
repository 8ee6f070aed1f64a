import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf } from '../../kernel/clock.ts'
import type { CommandHost } from '../../kernel/command.ts'
import { run } from '../../kernel/command.ts'
import type { Grant } from '../../kernel/context.ts'
import type { Province } from '../../kernel/database/index.ts'
import { record } from '../../kernel/events.ts'
import { uuidv7 } from '../../kernel/id.ts'
import { dataFolder } from '../../kernel/paths.ts'
import { ok } from '../../kernel/result.ts'
import { loadDirectory, type OrganisationDirectory } from '../organisation/index.ts'
import { happened } from './events.ts'
import { hashPassword } from './password.ts'
import type { DemoCitizen } from './port.ts'
import { readClaims } from './rules/claims.ts'
import { insertGrant } from './store/grants.ts'
import { findOfficer, insertOfficer } from './store/officers.ts'
import { type Address, findPersonBySubject, rememberPerson, setContact } from './store/people.ts'

interface DemoOfficer {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly position: string
  readonly agencyCode: string
  readonly what: string
  readonly grants: readonly (Grant & { id: string })[]
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(dataFolder, 'identity', name), 'utf8')) as T

const officersFile = () => read<{ password: string; officers: readonly DemoOfficer[] }>('demo-officers.json')

/** The people the stand-in for VNeID knows, and the password they share. All invented. */
export const demoCitizens = () => read<{ password: string; citizens: readonly DemoCitizen[] }>('demo-citizens.json')

/** Persons that come from the stand-in are linked under this name, whatever address it runs at. */
export const STAND_IN_ISSUER = 'urn:cuaso:vneid-gia-lap'

export interface DemoAccount {
  readonly role: Grant['role'] | 'citizen'
  /** What to type: user name, or personal number. */
  readonly username: string
  readonly password: string
  readonly name: string
  /** What this person does here, in Vietnamese. */
  readonly what: string
  readonly agencyCode: string | null
}

/** Every account of the demo, officers by role and citizens: to print at the start and to show beside the sign-in form. */
export function demoAccounts(): readonly DemoAccount[] {
  const { password, officers } = officersFile()
  const { password: citizenPassword, citizens } = demoCitizens()
  return [
    ...officers.map(({ username, name, what, agencyCode, grants }) => ({
      ...{ role: grants[0]?.role ?? 'clerk', username, password, name, what, agencyCode },
    })),
    ...citizens.map(({ personalNumber, name, about }) => ({
      ...{ role: 'citizen' as const, username: personalNumber, password: citizenPassword, name, what: about, agencyCode: null },
    })),
  ]
}

const seeder = { kind: 'system', name: 'demo' } as const

/** Puts one demo officer and their roles in. Roles begin the day they are made: what was before, nobody here did. */
async function seedOfficer(host: CommandHost, province: Province, officer: DemoOfficer, passwordHash: string): Promise<boolean> {
  const done = await run(host, { province, actor: seeder, name: 'identity.seed-demo' }, async (cx) => {
    if (await findOfficer(cx.tx, officer.id)) return ok(false)
    const contact = { phone: null, email: `${officer.username}@example.gov.vn` }
    await insertOfficer(cx.tx, { ...officer, ...contact, passwordHash, mustChangePassword: false, temporaryUntil: null }, cx.now, null)
    const validFrom = dayOf(cx.now)
    const events = []
    for (const grant of officer.grants) {
      const facts = { role: grant.role, agencyCode: grant.agencyCode, subtree: grant.subtree, validFrom, validTo: null, reason: 'Chạy thử' }
      await insertGrant(cx.tx, { ...facts, id: grant.id, officerId: officer.id, grantedBy: null, delegatedFrom: null }, cx.now)
      events.push(happened('identity.role-granted', officer.id, { grantId: grant.id, ...facts }, grant.agencyCode))
    }
    const { username, name, position, agencyCode } = officer
    await record(cx, {
      events: [happened('identity.officer-created', officer.id, { username, name, position, agencyCode }, agencyCode), ...events],
    })
    return ok(true)
  })
  return done.ok && done.value
}

function addressOf(citizen: DemoCitizen, directory: OrganisationDirectory, today: string): Address | null {
  const commune = directory.find(citizen.commune, today)
  const top = directory.root(today)
  if (!commune?.areaCode || !top?.areaCode) return null
  const label = `${citizen.line}, ${commune.shortName}, ${top.shortName.replace(/^UBND /, '')}`
  return { province: top.areaCode, commune: commune.areaCode, validFrom: commune.validFrom, line: citizen.line, label }
}

/** Puts one demo citizen in, as their first sign-in would, with the contact they would enter. */
async function seedCitizen(host: CommandHost, province: Province, citizen: DemoCitizen): Promise<boolean> {
  const claims = readClaims(STAND_IN_ISSUER, standInClaims(citizen))
  if (!claims.ok) return false
  const done = await run(host, { province, actor: seeder, name: 'identity.seed-demo' }, async (cx) => {
    if (await findPersonBySubject(cx.tx, STAND_IN_ISSUER, citizen.subject)) return ok(false)
    const person = await rememberPerson(cx.tx, claims.value, uuidv7(cx.now.epochMilliseconds), cx.now)
    const address = addressOf(citizen, await loadDirectory(cx.tx), dayOf(cx.now))
    await setContact(cx.tx, person.id, { phone: citizen.phone, email: citizen.email, address }, cx.now)
    await record(cx, { events: [happened('identity.person-first-seen', person.id, { issuer: STAND_IN_ISSUER, name: person.name })] })
    return ok(true)
  })
  return done.ok && done.value
}

/** The claims the stand-in gives about a person: the names and forms of the national service. */
export const standInClaims = (citizen: DemoCitizen): Record<string, string> => ({
  sub: citizen.subject,
  TechID: citizen.techId,
  LoaiTaiKhoan: '1',
  HoVaTen: citizen.name,
  SoDinhDanh: citizen.personalNumber,
  NgayThangNamSinh: citizen.birthDate.replaceAll('-', ''),
  ...(citizen.acr ? { acr: citizen.acr } : {}),
})

/** Puts the demo's officers and citizens in; those already there stay as they are. Returns how many were added. */
export async function seedDemo(host: CommandHost, province: Province): Promise<{ officers: number; citizens: number }> {
  const { password, officers } = officersFile()
  // One hash for all: they share one password that is printed on the screen anyway, and a start should be quick.
  const passwordHash = await hashPassword(password)
  const added = { officers: 0, citizens: 0 }
  for (const officer of officers) if (await seedOfficer(host, province, officer, passwordHash)) added.officers += 1
  for (const citizen of demoCitizens().citizens) if (await seedCitizen(host, province, citizen)) added.citizens += 1
  return added
}
