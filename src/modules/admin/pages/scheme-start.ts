import { dayOf } from '../../../kernel/clock.ts'
import { Refused, refusals } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { allSchemes, NATIONAL, nationalSchemes, type Scheme, type SchemeVersion, versionOn } from '../../scheme/index.ts'

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
  readonly scheme: Scheme
  readonly base: SchemeVersion
  readonly source: SchemeVersion
  readonly own: boolean
}

export async function startOf(c: Web, from: string | undefined, of: string | undefined): Promise<Start> {
  const scheme = await getScheme(c, from)
  const today = dayOf(c.get('app').clock())
  const base = scheme.versions.find(({ validFrom }) => validFrom === of) ?? versionOn(scheme, today).version
  const national = nationalSchemes().find(({ code }) => code === NATIONAL) as Scheme
  return { scheme, base, source: versionOn(national, today).version, own: !isNational(scheme.code) }
}
