import type { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { parse } from '../../../kernel/http/form.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { readDate } from '../../../ui/index.ts'
import type { ChangedTree } from '../commands/change-tree.ts'
import { closeAgency, closeAgencyInput } from '../commands/close-agency.ts'
import { mergeAgencies, mergeAgenciesInput } from '../commands/merge-agencies.ts'
import { openAgency, openAgencyInput } from '../commands/open-agency.ts'
import { reviseAgency, reviseAgencyInput } from '../commands/revise-agency.ts'
import { splitAgency, splitAgencyInput } from '../commands/split-agency.ts'
import * as rules from '../rules/change.ts'
import { texts } from '../texts.ts'

export type ChangeName = 'open' | 'revise' | 'merge' | 'split' | 'close'

/** A form's values by name. */
export type Typed = Readonly<Record<string, string>>

/** One kind of change as its page sees it: reads the form, decides without writing, does it. */
export interface Change {
  readonly title: Text
  /** A typed form ready to be previewed and done; wrong answers at their field. `code` is the unit's page it starts from. */
  prepare(typed: Typed, code: string): Result<Prepared>
}

export interface Prepared {
  readonly day: Day
  decide(organisation: rules.Organisation): Result<rules.OrganisationChange>
  run(cx: Context): Promise<Result<ChangedTree>>
}

const SPLIT_PARTS = 4
export const splitParts = Array.from({ length: SPLIT_PARTS }, (_, at) => at)

const fieldsOf = (typed: Typed, prefix = 'fields') =>
  Object.fromEntries(
    ['name', 'shortName', 'tier', 'kind', 'parentCode', 'areaCode'].map((name) => [name, typed[`${prefix}.${name}`] ?? '']),
  )

const basisOf = (typed: Typed) => ({
  day: readDate(typed, 'basis.day') ?? '',
  source: typed['basis.source'] ?? '',
  note: typed['basis.note'] ?? '',
})

const lines = (text: string | undefined): string[] => (text ?? '').split(/[\s,;]+/).filter((word) => word !== '')

/** Reads input with a schema, then joins what the page needs of it. */
function prepared<S extends z.ZodType>(
  schema: S,
  input: unknown,
  day: (value: z.output<S>) => Day,
  work: (value: z.output<S>) => Omit<Prepared, 'day'>,
): Result<Prepared> {
  const parsed = parse(schema, input)
  return parsed.ok ? { ok: true, value: { day: day(parsed.value), ...work(parsed.value) } } : parsed
}

const basisDay = (value: { basis: { day: Day } }): Day => value.basis.day

export const changes: Readonly<Record<ChangeName, Change>> = {
  open: {
    title: texts.newAgency,
    prepare: (typed) =>
      prepared(openAgencyInput, { code: typed.code ?? '', fields: fieldsOf(typed), basis: basisOf(typed) }, basisDay, (input) => ({
        decide: (organisation) => rules.openAgency(organisation, input),
        run: (cx) => openAgency(cx, input),
      })),
  },
  revise: {
    title: texts.revise,
    prepare: (typed, code) =>
      prepared(reviseAgencyInput, { code, fields: fieldsOf(typed), basis: basisOf(typed) }, basisDay, (input) => ({
        decide: (organisation) => rules.reviseAgency(organisation, input),
        run: (cx) => reviseAgency(cx, input),
      })),
  },
  merge: {
    title: texts.merge,
    prepare: (typed) => {
      const input = { codes: lines(typed.codes), into: typed.into ?? '', fields: fieldsOf(typed), basis: basisOf(typed) }
      return prepared(mergeAgenciesInput, input, basisDay, (value) => ({
        decide: (organisation) => rules.mergeAgencies(organisation, value),
        run: (cx) => mergeAgencies(cx, value),
      }))
    },
  },
  split: {
    title: texts.split,
    prepare: (typed, code) => {
      const used = splitParts.filter((at) => (typed[`into.${at}.code`] ?? '').trim() !== '')
      const into = used.map((at) => ({
        code: typed[`into.${at}.code`] ?? '',
        fields: { ...fieldsOf(typed), name: typed[`into.${at}.fields.name`] ?? '', shortName: typed[`into.${at}.fields.shortName`] ?? '' },
      }))
      const ready = prepared(splitAgencyInput, { code, into, basis: basisOf(typed) }, basisDay, (input) => ({
        decide: (organisation) => rules.splitAgency(organisation, input),
        run: (cx) => splitAgency(cx, input),
      }))
      if (ready.ok) return ready
      // Parts left empty are not sent on; an error belongs to the part where it was typed.
      const asTyped = (path: string): string => path.replace(/^into\.(\d+)/, (_, at: string) => `into.${used[Number(at)] ?? at}`)
      return refuse({ ...ready.error, fields: ready.error.fields?.map((field) => ({ ...field, path: asTyped(field.path) })) })
    },
  },
  close: {
    title: texts.close,
    prepare: (typed, code) =>
      prepared(
        closeAgencyInput,
        { code, lastDay: readDate(typed, 'lastDay') ?? '', note: typed.note ?? '' },
        (input) => input.lastDay,
        (input) => ({ decide: (organisation) => rules.closeAgency(organisation, input), run: (cx) => closeAgency(cx, input) }),
      ),
  },
}
