import { type Answer, type Figure, numberOf } from './answer.ts'
import { countText, percentText } from './share.ts'
import { dayText, momentText } from './weekly-words.ts'

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

/** What an answer is called, and what stands under its name. */
export const leadOf = (answer: Answer): string =>
  `Hồ sơ tiếp nhận ${dayText(answer.days.from)} đến ${dayText(answer.days.to)}. Số liệu lúc ${momentText(answer.asOf)}.`

/** A figure for people: `12.345`, `92,79 %`, `N/A`. */
export const figureText = ({ n, d }: { readonly n: number; readonly d: number | null }): string =>
  d === null ? countText(n) : percentText({ n, d })

/** Everything together, value by value: counts add up, and so do the two counts of a rate. */
export const totalsOf = (answer: Answer): Figure[] =>
  answer.values.map(({ kind }, at) =>
    answer.rows.reduce(
      (all: Figure, { figures }) => ({ n: all.n + (figures[at]?.n ?? 0), d: all.d === null ? null : all.d + (figures[at]?.d ?? 0) }),
      { n: 0, d: kind === 'rate' ? 0 : null },
    ),
  )

/** An answer in a few lines: what a recipient reads before opening it. */
export function answerNotice({ name, ownerName }: { name: string; ownerName: string }, answer: Answer): { title: string; body: string } {
  const known = answer.rows.filter(({ figures }) => figures[0] && numberOf(figures[0]) !== null).length
  const lines =
    known === 0
      ? 'Không có số liệu nào trong kỳ này.'
      : `${countText(answer.rows.length)} dòng. Cộng cả bảng: ${totalsOf(answer)
          .map((sum, at) => `${lower(answer.values[at]?.name ?? '')} ${figureText(sum)}`)
          .join('; ')}.`
  return { title: `Báo cáo theo lịch: ${name}`, body: [leadOf(answer), lines, `Báo cáo của ${ownerName}.`].join('\n') }
}

/** To its owner: the question has become too wide. */
export const tooWideNotice = (name: string): { title: string; body: string } => ({
  title: `Báo cáo theo lịch chưa lập được: ${name}`,
  body: 'Câu hỏi này nay cho quá nhiều dòng nên kỳ này không có kết quả. Mở báo cáo, rút ngắn kỳ hoặc chọn một cấp, một thủ tục, rồi lưu lại.',
})
