import type { App } from '../../kernel/app.ts'
import type { Province } from '../../kernel/database/index.ts'
import type { FindEnclosure } from '../notification/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { answerPdf, answerXlsx, MOST_ON_PAPER } from './answer-outputs.ts'
import { digestOf } from './digest.ts'
import { weeklyPdf } from './outputs.ts'
import { openWeekly } from './queries/weekly-reports.ts'
import type { Answer } from './rules/answer.ts'
import { answerCsv, answerSdmx } from './rules/answer-files.ts'
import { runById } from './saved-store.ts'

const PDF = 'application/pdf'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Files an answer is given as. */
export const fileKinds = ['csv', 'xlsx', 'pdf', 'sdmx'] as const
export type FileKind = (typeof fileKinds)[number]

export interface AnswerPaper {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

/** An answer as one of its files; undefined when it is too long for paper. */
export async function answerPaper(
  app: App,
  province: Province,
  answer: Answer,
  name: string,
  kind: FileKind,
): Promise<AnswerPaper | undefined> {
  const file = `bao-cao-${answer.days.from}-${answer.days.to}`
  if (kind === 'xlsx') return { name: `${file}.xlsx`, type: XLSX, bytes: await answerXlsx(answer, name) }
  if (kind === 'csv') return { name: `${file}.csv`, type: 'text/csv; charset=utf-8', bytes: utf8(answerCsv(answer)) }
  if (kind === 'sdmx') {
    const type = 'application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8'
    return { name: `${file}.sdmx.csv`, type, bytes: utf8(answerSdmx(answer)) }
  }
  if (answer.rows.length > MOST_ON_PAPER) return undefined
  const root = (await directoryOf(app, province)).root(answer.days.to)
  const agency = { name: root?.name ?? province.name, place: province.name.replace(/^(Tỉnh|Thành phố)\s+/i, '') }
  return { name: `${file}.pdf`, type: PDF, bytes: await answerPdf(answer, name, agency) }
}

/** The weekly report's two pages, to go with a letter. One whose text was changed goes with none. */
export const weeklyEnclosure: FindEnclosure = async (app, province, { id }) => {
  const opened = await openWeekly(app.db, province, id)
  if (!opened?.report) return undefined
  const bytes = await weeklyPdf({ report: opened.report, digest: opened.row.digest })
  return { name: `bao-cao-tuan-${opened.report.day}.pdf`, type: PDF, bytes }
}

/** A scheduled answer, to go with a letter to somebody who may read it. What is too long for paper goes as a spreadsheet. */
export const savedEnclosure: FindEnclosure = async (app, province, { id, file, officerId }) => {
  const row = await app.db.read(province, (tx) => runById(tx, id, officerId))
  if (!row || digestOf(row.body) !== row.digest) return undefined
  const answer = JSON.parse(row.body) as Answer
  const kind = fileKinds.find((one) => one === file) ?? 'xlsx'
  return (await answerPaper(app, province, answer, row.name, kind)) ?? answerPaper(app, province, answer, row.name, 'xlsx')
}
