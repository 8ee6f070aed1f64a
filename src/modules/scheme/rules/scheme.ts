import { z } from 'zod'
import { isDay } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type QuantityName, quantityNames } from './quantities.ts'

/** What a rule says when it is not kept, at the field of a form or the line of a file. */
const say = (vi: string, en: string): string => JSON.stringify({ vi, en })

const wording = say('Ghi mục này, nhiều nhất 500 ký tự.', 'Write this, 500 characters at most.')
const words = z.string().trim().min(1, wording).max(500, wording)
const text = z
  .union([words, z.strictObject({ vi: words, en: words })], wording)
  .transform((value): Text => (typeof value === 'string' ? { vi: value, en: value } : value))
const day = z.string().refine(isDay)
/** Numbers of a scheme are written by people: what has more decimals than this is no number of a decision, and is not counted with exactly. */
const PLACES = 6
const number = z
  .number(say('Ghi một số, như 80 hoặc 0,5.', 'Give a number, such as 80 or 0.5.'))
  .refine((value) => Number(value.toFixed(PLACES)) === value, say('Nhiều nhất 6 chữ số sau dấu phẩy.', 'At most 6 decimal places.'))
const points = number
  .min(0, say('Điểm từ 0 đến 100.', 'Points are from 0 to 100.'))
  .max(100, say('Điểm từ 0 đến 100.', 'Points are from 0 to 100.'))
const share = number
  .min(0, say('Tỷ lệ từ 0 % đến 100 %.', 'A share is from 0 % to 100 %.'))
  .max(1, say('Tỷ lệ từ 0 % đến 100 %.', 'A share is from 0 % to 100 %.'))
/** Whom an indicator is asked of: the province as a whole, one of its departments, a district (until 30/06/2025), a commune. */
export const levels = ['province', 'department', 'district', 'commune'] as const
export type Level = (typeof levels)[number]

/** `confirmed` in a public source, `recalled` from memory, `unsure` where sources differ, `provincial` where a province decided it. */
export const certainties = ['confirmed', 'recalled', 'unsure', 'provincial'] as const

/** A quantity, added or taken away. In a file: `"received"` or `"-late"`. */
const term = z
  .string()
  .regex(/^-?[a-z_]+$/)
  .transform((written) => ({
    quantity: written.replace(/^-/, '') as QuantityName,
    sign: written.startsWith('-') ? (-1 as const) : (1 as const),
  }))
  .refine(({ quantity }) => quantityNames.includes(quantity), { error: 'unknown quantity' })
export type Term = z.infer<typeof term>

/** Several sums: the greatest of them counts (index 1.4: the larger of two sources). */
const expression = z
  .union([z.array(term).min(1), z.strictObject({ greatest: z.array(z.array(term).min(1)).min(2) })])
  .transform((value) => (Array.isArray(value) ? { greatest: [value] } : value))
export type Expression = z.infer<typeof expression>

/**
 * How a share becomes points. `linear`: in proportion, all of them from `full` on; `stepped`: the points of the highest step reached;
 * `yes_no`: all or nothing; `shown`: no points, for reading only.
 */
const rule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('linear'),
    full: share.gt(0, say('Ngưỡng phải lớn hơn 0 %.', 'A threshold is more than 0 %.')).default(1),
  }),
  z.strictObject({
    kind: z.literal('stepped'),
    steps: z.array(z.strictObject({ from: share, points: number.min(0, say('Điểm từ 0 trở lên.', 'Points are 0 or more.')) })).min(1),
  }),
  z.strictObject({ kind: z.literal('yes_no'), from: share }),
  z.strictObject({ kind: z.literal('shown') }),
])
export type ScoringRule = z.infer<typeof rule>

export const indicatorSchema = z.strictObject({
  id: z
    .string()
    .regex(
      /^[0-9A-Za-z]+(\.[0-9A-Za-z]+)*$/,
      say('Số hiệu gồm chữ không dấu và số, cách nhau bằng dấu chấm, như 5.6.', 'Letters and digits with dots between them, such as 5.6.'),
    )
    .max(20, say('Số hiệu dài nhất 20 ký tự.', 'A number has at most 20 characters.')),
  code: z.string().max(80),
  name: text,
  max: points,
  numerator: expression,
  denominator: expression,
  /** The share is multiplied by this one (index 3.3: by the sync rate). Unknown leaves the share as it is, and says so. */
  factor: z.strictObject({ numerator: expression, denominator: expression }).optional(),
  rule,
  /** What a denominator of 0 gives: all points, none, or no score at all. */
  zero: z.enum(['full', 'none', 'unscored']).default('none'),
  levels: z
    .array(z.enum(levels))
    .min(1, say('Chọn ít nhất một cấp, hoặc bỏ chỉ số này.', 'Choose at least one level, or leave the indicator out.'))
    .default([...levels]),
  /** A unit of another level gets all points, or is measured without them. */
  otherwise: z.enum(['full', 'left_out']).default('full'),
  basis: z.string().max(300, say('Dài quá 300 chữ.', 'Longer than 300 characters.')),
  certainty: z.enum(certainties),
  note: text.optional(),
})
export type Indicator = z.infer<typeof indicatorSchema>

const group = z.strictObject({ code: z.string().min(1).max(20), name: text, indicators: z.array(z.string()).min(1) })
const grouping = z.strictObject({ code: z.string().min(1).max(20), name: text, groups: z.array(group).min(1) })
export type Grouping = z.infer<typeof grouping>

const band = z.strictObject({ from: points, name: text })

export const schemeVersionSchema = z
  .strictObject({
    validFrom: day,
    change: text,
    certainty: z.enum(certainties),
    /** Decimal places of an indicator's points (null: not rounded before they are added up) and of the total. */
    rounding: z.strictObject({ indicator: z.number().int().min(0).max(6).nullable(), total: z.number().int().min(0).max(6) }),
    indicators: z.array(indicatorSchema).min(1).max(500),
    /** The same points seen in several ways; the first is the one of the law. */
    groupings: z.array(grouping).min(1),
    bands: z.array(band).min(1),
  })
  .superRefine((version, context) => {
    const ids = version.indicators.map(({ id }) => id)
    const fault = (path: PropertyKey[], vi: string, en: string) => context.addIssue({ code: 'custom', path, message: say(vi, en) })
    for (const id of new Set(ids))
      if (ids.filter((other) => other === id).length > 1)
        fault(['indicators'], `Chỉ số ${id} có hai lần.`, `Indicator ${id} is there twice.`)
    for (const { code, groups } of version.groupings) {
      const grouped = groups.flatMap(({ indicators }) => indicators)
      for (const id of grouped)
        if (!ids.includes(id))
          fault(['groupings'], `Cách chia nhóm ${code}: không có chỉ số ${id}.`, `Grouping ${code}: there is no indicator ${id}.`)
      for (const id of ids)
        if (grouped.filter((other) => other === id).length !== 1)
          fault(
            ['groupings'],
            `Cách chia nhóm ${code}: chỉ số ${id} phải ở đúng một nhóm.`,
            `Grouping ${code}: indicator ${id} must be in one group.`,
          )
    }
    for (const [i, { id, max, rule: how }] of version.indicators.entries()) {
      if (how.kind === 'stepped' && how.steps.some(({ points }) => points > max))
        fault(
          ['indicators', i, 'steps'],
          `Chỉ số ${id}: có bậc cho nhiều hơn điểm tối đa.`,
          `Indicator ${id}: a step gives more than the most.`,
        )
      if (how.kind === 'shown' && max !== 0)
        fault(
          ['indicators', i, 'max'],
          `Chỉ số ${id}: chỉ để xem thì điểm tối đa là 0.`,
          `Indicator ${id}: what is only shown has no points.`,
        )
    }
    if (!version.bands.some(({ from }) => from === 0))
      fault(['bands'], 'Mức xếp loại thấp nhất phải từ 0 điểm.', 'The lowest band must begin at 0.')
  })
export type SchemeVersion = z.infer<typeof schemeVersionSchema>

/** A set of indicators as dated data: the national one, or a province's own. */
export const schemeSchema = z.strictObject({
  code: z
    .string()
    .regex(
      /^[a-z0-9]+(-[a-z0-9]+)*$/,
      say(
        'Mã chỉ gồm chữ thường không dấu, số và gạch nối, như ca-mau-2026.',
        'Lower-case letters, digits and hyphens only, such as ca-mau-2026.',
      ),
    )
    .max(40, say('Mã dài nhất 40 ký tự.', 'A code has at most 40 characters.')),
  name: text,
  basis: z.string().max(300),
  versions: z.array(schemeVersionSchema).min(1),
})
export type Scheme = z.infer<typeof schemeSchema>

/**
 * The version for a day: the latest that has begun. Before the first one nothing was in force; earlier work can still be seen by its
 * rules, and `inForce` says that they did not apply then.
 */
export function versionOn(scheme: Pick<Scheme, 'versions'>, on: string): { version: SchemeVersion; inForce: boolean } {
  const [first, ...later] = [...scheme.versions].sort((a, b) => a.validFrom.localeCompare(b.validFrom))
  // The schema wants at least one version.
  const begun = later.filter(({ validFrom }) => validFrom <= on).at(-1) ?? (first as SchemeVersion)
  return { version: begun, inForce: begun.validFrom <= on }
}

/** Every quantity the version asks for. */
export function quantitiesOf(version: SchemeVersion): Set<QuantityName> {
  const asked = version.indicators.flatMap(({ numerator, denominator, factor }) => [
    numerator,
    denominator,
    ...(factor ? [factor.numerator, factor.denominator] : []),
  ])
  return new Set(asked.flatMap(({ greatest }) => greatest.flat()).map(({ quantity }) => quantity))
}
