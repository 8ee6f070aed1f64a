import { headOf, printSheet, type XlsxColumn, xlsx } from '../printing/index.ts'
import { type Answer, type AnswerRow, numberOf } from './rules/answer.ts'
import { leadColumns } from './rules/answer-files.ts'
import { figureText, leadOf } from './rules/answer-words.ts'
import { countText } from './rules/share.ts'

/** More lines than this on paper are read by nobody. */
export const MOST_ON_PAPER = 1500

/** The table as a spreadsheet: figures are figures, rates with both of their counts. */
export function answerXlsx(answer: Answer, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const columns: XlsxColumn<AnswerRow>[] = [
    { header: 'Mã', width: 12, value: (row) => row.key },
    ...leadColumns(answer).map(
      ({ head, of }): XlsxColumn<AnswerRow> => ({ header: head, width: head === 'Thời gian' ? 16 : 34, wrap: true, value: of }),
    ),
    ...answer.values.flatMap((value, at): XlsxColumn<AnswerRow>[] => {
      const figure = (row: AnswerRow) => row.figures[at] ?? { n: 0, d: 0 }
      if (value.kind === 'count') return [{ header: value.name, kind: 'number', width: 14, value: (row) => figure(row).n }]
      return [
        {
          header: `${value.name}, %`,
          kind: 'number',
          width: 14,
          value: (row) => {
            const share = numberOf(figure(row))
            return share === null ? null : Math.round(share * 10_000) / 100
          },
        },
        { header: `${value.name}: đạt`, kind: 'number', width: 12, value: (row) => figure(row).n },
        { header: `${value.name}: tổng`, kind: 'number', width: 12, value: (row) => figure(row).d },
      ]
    }),
  ]
  return xlsx(answer.rows, columns, { sheet: 'Báo cáo', title: [name, leadOf(answer)] })
}

/** The table on paper, A4 across. Whoever asks has looked that it is short enough. */
export function answerPdf(answer: Answer, name: string, agency: { name: string; place: string }): Promise<Uint8Array<ArrayBuffer>> {
  const leads = leadColumns(answer)
  const issuer = { code: '', superior: null, ...agency }
  return printSheet('report-table.typ', {
    ...headOf(issuer, answer.asOf),
    title: name,
    heading: name,
    lead: [leadOf(answer)],
    columns: [
      ...leads.map(({ head }) => ({ head, wide: head === 'Đơn vị' || head === 'Thủ tục', figure: false })),
      ...answer.values.map((value) => ({ head: value.name, wide: false, figure: true })),
    ],
    rows: answer.rows.map((row) => [...leads.map(({ of }) => of(row)), ...row.figures.map(figureText)]),
    foot: `${countText(answer.rows.length)} dòng`,
  })
}
