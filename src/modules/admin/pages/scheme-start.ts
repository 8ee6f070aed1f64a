import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import {
  allSchemes,
  NATIONAL,
  nationalSchemes,
  type Publication,
  publicationsOf,
  publishedSince,
  type Scheme,
  type SchemeVersion,
  type Since,
  schemeAsOf,
  versionOn,
} from '../../scheme/index.ts'

export const SCHEMES = '/quan-tri/bo-chi-so'

export const isNational = (code: string): boolean => nationalSchemes().some((one) => one.code === code)

export const schemesOf = (c: Web): Promise<readonly Scheme[]> => c.get('app').db.read(c.get('province'), allSchemes)

export async function getScheme(c: Web, code: string | undefined): Promise<Scheme> {
  const found = (await schemesOf(c)).find((one) => one.code === code)
  if (!found) throw new Refused(refusals.notFound)
  return found
}

/** What a form begins with: the version it starts from, and the scheme that offers more. */
export interface Start {
  /** As it was when the form was opened. */
  readonly scheme: Scheme
  readonly base: SchemeVersion
  readonly source: SchemeVersion
  readonly own: boolean
  /** The last publication of the scheme that was there when the form was opened; 0 of one that is not the province's. */
  readonly seen: number
  /** What was published of it since. */
  readonly meanwhile: readonly Since<Publication>[]
}

/** Which version a form says it began with: of which scheme, from which day, and as of which publication; without that, as it is now. */
export interface Began {
  readonly from: string | undefined
  readonly of: string | undefined
  readonly seen?: number
}

export async function startOf(c: Web, { from, of, seen: said }: Began): Promise<Start> {
  const now = await getScheme(c, from)
  const own = !isNational(now.code)
  const all = own ? await c.get('app').db.read(c.get('province'), (tx) => publicationsOf(tx, now.code)) : []
  const seen = said ?? all.length
  const scheme = schemeAsOf(all, seen) ?? now
  const today = dayOf(c.get('app').clock())
  const base = scheme.versions.find(({ validFrom }) => validFrom === of) ?? versionOn(scheme, today).version
  const national = nationalSchemes().find(({ code }) => code === NATIONAL) as Scheme
  return { scheme, base, source: versionOn(national, today).version, own, seen, meanwhile: publishedSince(all, seen) }
}

/** A number of a publication as a form sends it; 0 for anything else: then nothing was seen. */
export function publicationNumber(sent: string | null): number {
  const number = Number(sent)
  return Number.isInteger(number) && number > 0 ? number : 0
}
