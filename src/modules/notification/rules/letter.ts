import { type Mailbox, oneLine } from '../../../kernel/mailbox.ts'

/** What a letter is made from. */
export interface LetterFacts {
  readonly id: string
  readonly to: Mailbox
  readonly title: string
  /** Lines are paragraphs. */
  readonly body: string
  /** A path of ours. */
  readonly href: string
  /** Address people type, without a slash at the end. */
  readonly baseUrl: string
  readonly province: string
  /** Whose address it comes from. */
  readonly from: Mailbox
  /** Names of the papers that go with it. */
  readonly enclosed: readonly string[]
  /** A paper belongs to it and is not enclosed: too large, or gone. */
  readonly left: boolean
}

export interface LetterText {
  readonly messageId: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** Where an officer reads notices and says whether they want mail. */
const CHOICE = '/mot-cua/thong-bao'

const special: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => special[sign] ?? sign)

/** A letter's head and its two bodies: what happened, where to look, nothing else. */
export function letterOf(facts: LetterFacts): LetterText {
  const title = oneLine(facts.title)
  const paragraphs = facts.body
    .split('\n')
    .map((line) => oneLine(line, 1000))
    .filter((line) => line !== '')
  const link = `${facts.baseUrl}${facts.href}`
  const choice = `${facts.baseUrl}${CHOICE}`
  const greeting = `Kính gửi ${facts.to.name},`
  const papers = [
    ...(facts.enclosed.length > 0 ? [`Kèm theo: ${facts.enclosed.join('; ')}.`] : []),
    ...(facts.left ? ['Tệp không kèm được trong thư; tải ở trang trên.'] : []),
  ]
  const foot = `Thư tự động của Cửa Số, ${facts.province}. Xin đừng trả lời thư này.`
  const html = [
    `<p>${escaped(greeting)}</p>`,
    `<p style="font-size:18px;font-weight:bold">${escaped(title)}</p>`,
    ...paragraphs.map((line) => `<p>${escaped(line)}</p>`),
    `<p><a href="${escaped(link)}" style="color:#0a58a8">Mở trang này trên Cửa Số</a></p>`,
    ...papers.map((line) => `<p>${escaped(line)}</p>`),
    `<p style="font-size:13px;color:#55606a">${escaped(foot)}<br><a href="${escaped(choice)}" style="color:#0a58a8">Thôi nhận thư</a></p>`,
  ]
  return {
    messageId: `<${facts.id}@${facts.from.address.slice(facts.from.address.lastIndexOf('@') + 1)}>`,
    subject: title,
    text: `${[greeting, title, ...paragraphs, `Mở trang: ${link}`, ...papers, `-- \n${foot}\nThôi nhận thư: ${choice}`].join('\n\n')}\n`,
    html: `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${escaped(title)}</title></head><body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#16262e;max-width:36em">${html.join('\n')}</body></html>\n`,
  }
}

/** Largest papers together that a letter takes: most servers refuse 10 MB, and papers grow by a third on the way. */
export const MOST_ENCLOSED = 6 * 1024 * 1024

/** A letter older than this is no news any more. */
export const STALE_HOURS = 72
