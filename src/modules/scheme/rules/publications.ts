import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type Indicator, type Scheme, type SchemeVersion, versionOn } from './scheme.ts'

/** A version as it was published: the how-manieth of its scheme, whatever its day. */
export interface Published {
  readonly code: string
  /** From 1, without gaps, in the order of publishing. */
  readonly number: number
  readonly validFrom: Day
  readonly name: Text
  readonly basis: string
  readonly version: SchemeVersion
}

/** A province's own scheme as it stood after one of its publications (those of one scheme, in their order); undefined before the first. */
export function schemeAsOf(all: readonly Published[], number: number): Scheme | undefined {
  const standing = new Map<Day, Published>()
  for (const one of all) if (one.number <= number) standing.set(one.validFrom, one)
  const kept = [...standing.values()].sort((a, b) => a.validFrom.localeCompare(b.validFrom))
  const last = kept.at(-1)
  return last && { code: last.code, name: last.name, basis: last.basis, versions: kept.map(({ version }) => version) }
}

export type IndicatorPart = 'name' | 'max' | 'formula' | 'rule' | 'zero' | 'levels' | 'otherwise' | 'basis' | 'other'
export type WholePart = 'name' | 'basis' | 'rounding' | 'bands' | 'groups'

/** What a version has otherwise than the one before it. */
export interface VersionChanges {
  readonly added: readonly Indicator[]
  readonly removed: readonly Indicator[]
  readonly changed: readonly { readonly before: Indicator; readonly after: Indicator; readonly parts: readonly IndicatorPart[] }[]
  /** Of the scheme itself. Groups count when they are called or put otherwise, not when an indicator came or went. */
  readonly whole: readonly WholePart[]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const partsOf: Readonly<Record<Exclude<IndicatorPart, 'other'>, (one: Indicator) => unknown>> = {
  name: ({ name }) => name,
  max: ({ max }) => max,
  formula: ({ numerator, denominator, factor }) => [numerator, denominator, factor],
  rule: ({ rule }) => rule,
  zero: ({ zero }) => zero,
  levels: ({ levels }) => levels,
  otherwise: ({ otherwise }) => otherwise,
  basis: ({ basis }) => basis,
}

function partsChanged(before: Indicator, after: Indicator): IndicatorPart[] {
  const parts = Object.entries(partsOf).flatMap(([part, of]) => (same(of(before), of(after)) ? [] : [part as IndicatorPart]))
  return parts.length > 0 || same(before, after) ? parts : ['other']
}

interface Words {
  readonly name: Text
  readonly basis: string
}

function changesOf(before: SchemeVersion, after: SchemeVersion, was: Words, is: Words): VersionChanges {
  const [had, has] = [before, after].map(({ indicators }) => new Map(indicators.map((one) => [one.id, one]))) as [
    Map<string, Indicator>,
    Map<string, Indicator>,
  ]
  const groups = ({ groupings }: SchemeVersion): unknown =>
    groupings.map((grouping) => ({
      ...grouping,
      groups: grouping.groups
        .map((group) => ({ ...group, indicators: group.indicators.filter((id) => had.has(id) && has.has(id)) }))
        .filter(({ indicators }) => indicators.length > 0),
    }))
  const whole: [WholePart, boolean][] = [
    ['name', same(was.name, is.name)],
    ['basis', was.basis === is.basis],
    ['rounding', same(before.rounding, after.rounding)],
    ['bands', same(before.bands, after.bands)],
    ['groups', same(groups(before), groups(after))],
  ]
  return {
    added: after.indicators.filter(({ id }) => !had.has(id)),
    removed: before.indicators.filter(({ id }) => !has.has(id)),
    changed: after.indicators.flatMap((one) => {
      const old = had.get(one.id)
      const parts = old ? partsChanged(old, one) : []
      return old && parts.length > 0 ? [{ before: old, after: one, parts }] : []
    }),
    whole: whole.flatMap(([part, stayed]) => (stayed ? [] : [part])),
  }
}

const nothing: VersionChanges = { added: [], removed: [], changed: [], whole: [] }

export interface Since<T extends Published> {
  readonly published: T
  /** It took the place of a version of the same day. */
  readonly replaces: boolean
  /** Beside what was in force on its first day before it; of the first version ever, nothing. */
  readonly changes: VersionChanges
}

/** What was published of a scheme after its publication `seen`, in order. */
export const publishedSince = <T extends Published>(all: readonly T[], seen: number): Since<T>[] =>
  all
    .filter(({ number }) => number > seen)
    .map((published) => {
      const { number, validFrom, version } = published
      const before = schemeAsOf(all, number - 1)
      return {
        published,
        replaces: before?.versions.some((one) => one.validFrom === validFrom) ?? false,
        changes: before ? changesOf(versionOn(before, validFrom).version, version, before, published) : nothing,
      }
    })
