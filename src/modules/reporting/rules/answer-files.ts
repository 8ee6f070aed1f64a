import { addDays, type Day } from '../../../kernel/clock.ts'
import { type Answer, type AnswerRow, numberOf } from './answer.ts'
import type { Step } from './question.ts'

/** A field of a CSV file: quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe. */
export function csvField(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `${rows.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`

/** ISO week of the Monday it begins on: `2026-W47`. */
function weekText(monday: Day): string {
  const thursday = addDays(monday, 3)
  const year = thursday.slice(0, 4)
  const week = Math.floor((Date.parse(thursday) - Date.parse(`${year}-01-01`)) / 604_800_000) + 1
  return `${year}-W${String(week).padStart(2, '0')}`
}

const quarterText = (day: Day): string => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`
const dayCount = (from: Day, to: Day): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1

/** A step of time as SDMX writes it: `2026-11-20`, `2026-W47`, `2026-11`, `2026-Q4`; a whole period as `2026-01-01/P324D`. */
export function timePeriod(answer: Pick<Answer, 'days' | 'step'>, day: Day | null): string {
  if (day === null || answer.step === 'none') return `${answer.days.from}/P${dayCount(answer.days.from, answer.days.to)}D`
  return answer.step === 'day' ? day : answer.step === 'week' ? weekText(day) : answer.step === 'month' ? day.slice(0, 7) : quarterText(day)
}

const shortDay = (day: Day): string => day.split('-').reverse().join('/')

/** A step of time for people: `20/11/2026`, `Tuần 47/2026`, `11/2026`, `Quý 4/2026`. */
export function stepText(answer: Pick<Answer, 'days' | 'step'>, day: Day | null): string {
  if (day === null || answer.step === 'none') return `${shortDay(answer.days.from)} – ${shortDay(answer.days.to)}`
  if (answer.step === 'day') return shortDay(day)
  if (answer.step === 'month') return `${day.slice(5, 7)}/${day.slice(0, 4)}`
  if (answer.step === 'quarter') return `Quý ${quarterText(day).slice(6)}/${day.slice(0, 4)}`
  const [year, week] = weekText(day).split('-W')
  return `Tuần ${Number(week)}/${year}`
}

export const channelNames: Readonly<Record<string, string>> = { online: 'Trực tuyến', counter: 'Trực tiếp', post: 'Bưu chính' }

/** The columns before the figures: heading and what a row has there. */
export function leadColumns(answer: Answer): { head: string; of: (row: AnswerRow) => string }[] {
  return [
    { head: 'Đơn vị', of: (row) => row.name },
    ...(answer.byProcedure
      ? [
          { head: 'Mã thủ tục', of: (row: AnswerRow) => row.procedure ?? '' },
          { head: 'Thủ tục', of: (row: AnswerRow) => row.procedureName ?? '' },
        ]
      : []),
    ...(answer.byChannel ? [{ head: 'Kênh', of: (row: AnswerRow) => channelNames[row.channel ?? ''] ?? '' }] : []),
    ...(answer.step === 'none' ? [] : [{ head: 'Thời gian', of: (row: AnswerRow) => stepText(answer, row.day) }]),
  ]
}

/** The table as CSV: rates with both of their counts, so that whoever adds up adds counts and not percentages. */
export function answerCsv(answer: Answer): string {
  const leads = leadColumns(answer)
  const heads = answer.values.flatMap(({ name, kind }) => (kind === 'rate' ? [name, `${name}: đạt`, `${name}: tổng`] : [name]))
  const rows = answer.rows.map((row) => [
    row.key,
    ...leads.map(({ of }) => of(row)),
    ...row.figures.flatMap((figure) => (figure.d === null ? [figure.n] : [numberOf(figure), figure.n, figure.d])),
  ])
  return `\ufeff${csvOf([['Mã', ...leads.map(({ head }) => head), ...heads], ...rows])}`
}

const frequency: Readonly<Record<Step, string>> = { none: '_O', day: 'D', week: 'W', month: 'M', quarter: 'Q' }

/** The structure that the export follows: dimensions in this order, one observation a line. */
export const SDMX_STRUCTURE = 'CUASO:DF_TTHC(1.0)'

/**
 * SDMX-CSV 2.0.0: one observation a line, labelled by ids. `_T` is the total of a dimension that was not asked for; a rate without a
 * denominator is an observation that cannot exist (OBS_STATUS M), not a zero.
 */
export function answerSdmx(answer: Answer): string {
  const head = [
    'STRUCTURE',
    'STRUCTURE_ID',
    'ACTION',
    'FREQ',
    'INDICATOR',
    'AGENCY',
    'AGENCY_FROM',
    'PROCEDURE',
    'CHANNEL',
    'TIME_PERIOD',
    'OBS_VALUE',
    'OBS_STATUS',
    'UNIT_MEASURE',
  ]
  const rows = answer.rows.flatMap((row) =>
    row.figures.map((figure, at): (string | number | null)[] => {
      const value = numberOf(figure)
      return [
        'dataflow',
        SDMX_STRUCTURE,
        'I',
        frequency[answer.step],
        (answer.values[at]?.code ?? '').toUpperCase(),
        row.key === 'total' ? '_T' : row.key,
        row.validFrom ?? '_Z',
        row.procedure ?? '_T',
        (row.channel ?? '_T').toUpperCase(),
        timePeriod(answer, row.day),
        value,
        value === null ? 'M' : 'A',
        figure.d === null ? 'DOSSIER' : 'RATIO',
      ]
    }),
  )
  return csvOf([head, ...rows])
}
