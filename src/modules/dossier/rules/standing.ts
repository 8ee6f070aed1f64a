import type { Temporal } from 'temporal-polyfill'
import { zoned } from '../../../kernel/clock.ts'
import { fill, type Text } from '../../../kernel/i18n/index.ts'
import type { Stage, Status } from './dossier.ts'

/** Whose work the open step is, as the procedure's process says. */
export type StandingRole = 'clerk' | 'specialist' | 'unit_head' | 'leader'

/** All that the sentence about a dossier's standing follows from. Agency names are short ones. */
export interface StandingFacts {
  readonly stage: Stage
  readonly status: Status
  /** Who resolves it, and who takes it in and hands the result out. */
  readonly agency: string
  readonly desk: string
  readonly received: boolean
  readonly dueAt: Temporal.Instant | null
  /** From the calendar: "còn 2 ngày làm việc". */
  readonly left: { readonly late: boolean; readonly words: Text } | null
  /** The open step of the process, when there is one. */
  readonly step: { readonly role: StandingRole; readonly agency: string } | null
  /** Agencies whose opinion is waited for; how many were asked and have answered. */
  readonly opinions: { readonly waiting: readonly string[]; readonly asked: number; readonly answered: number }
  /** In the clock's ledger: whether a payment notice lets the clock stand still. */
  readonly paused: boolean
  readonly returnsResult: boolean
  readonly electronic: boolean
  readonly uncollected: boolean
}

/** Where a dossier stands, for the person whose dossier it is: one sentence, and what belongs beside it. Nothing an office would say. */
export interface Standing {
  readonly sentence: Text
  readonly beside: readonly Text[]
  readonly turn: 'you' | 'office' | 'nobody'
}

const VI = ['', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật']
const EN = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const two = (n: number): string => String(n).padStart(2, '0')

/** "14:00 thứ Sáu 27/11"; the year is said only when it is another one. */
export function shortMoment(instant: Temporal.Instant, now: Temporal.Instant): Text {
  const { hour, minute, dayOfWeek, day, month, year } = zoned(instant)
  const date = `${day}/${month}${year === zoned(now).year ? '' : `/${year}`}`
  const time = `${two(hour)}:${two(minute)}`
  return { vi: `${time} ${VI[dayOfWeek]} ${date}`, en: `${time} on ${EN[dayOfWeek]} ${date}` }
}

/** What somebody does at a step, after "… đang". */
const doing: Readonly<Record<StandingRole | 'any' | 'begin', Text>> = {
  begin: { vi: 'đã tiếp nhận và đang chuyển đến người giải quyết', en: 'has accepted it and is passing it to the person who decides' },
  clerk: { vi: 'đang chuyển hồ sơ cho người giải quyết', en: 'is passing it to the person who works on it' },
  specialist: { vi: 'đang thẩm định', en: 'is examining it' },
  unit_head: { vi: 'đang kiểm tra lại trước khi ký', en: 'is checking it before it is signed' },
  leader: { vi: 'đang trình lãnh đạo ký', en: 'has it waiting for the signature' },
  any: { vi: 'đang giải quyết', en: 'is working on it' },
}

const both = (text: Text, values: Readonly<Record<string, string | number | Text>>): Text => {
  const pick = (locale: 'vi' | 'en') =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value[locale] : value]))
  return { vi: fill(text, pick('vi')).vi, en: fill(text, pick('en')).en }
}

const list = (names: readonly string[]): Text => ({
  vi: names.length > 1 ? `${names.slice(0, -1).join(', ')} và ${names.at(-1)}` : (names[0] ?? ''),
  en: names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? ''),
})

/** ", hẹn trả 14:00 thứ Sáu 27/11, còn 2 ngày làm việc." */
function promise({ dueAt, left }: StandingFacts, now: Temporal.Instant): Text {
  if (!dueAt) return { vi: '.', en: '.' }
  const when = shortMoment(dueAt, now)
  if (left?.late) return both({ vi: ', lẽ ra phải trả lúc {when}.', en: '; it should have been ready by {when}.' }, { when })
  const words = left ? both({ vi: ', {left}', en: ', {left}' }, { left: left.words }) : { vi: '', en: '' }
  return both({ vi: ', hẹn trả {when}{words}.', en: '; due {when}{words}.' }, { when, words })
}

const late: Text = {
  vi: 'Cơ quan đang trễ hẹn với bạn ({left}). Bạn có thể nhắn tin hỏi ngay ở trang này.',
  en: 'The office is late ({left}). You can write to it on this page.',
}

function working(facts: StandingFacts, now: Temporal.Instant): Standing {
  const { step, opinions, agency, stage } = facts
  const role =
    stage === 'signing'
      ? 'leader'
      : stage === 'received'
        ? 'begin'
        : step && step.agency === agency && step.role !== 'leader'
          ? step.role
          : 'any'
  const who = step && stage === 'processing' ? step.agency : agency
  const does = who === agency ? doing[role] : doing[step?.role === 'leader' ? 'any' : (step?.role ?? 'any')]
  const sentence = both({ vi: '{who} {does}{promise}', en: '{who} {does}{promise}' }, { who, does, promise: promise(facts, now) })
  const beside: Text[] = []
  if (facts.left?.late) beside.push(both(late, { left: facts.left.words }))
  if (who !== agency)
    beside.push(
      both(
        { vi: '{agency} vẫn là nơi chịu trách nhiệm trả kết quả cho bạn.', en: '{agency} still answers to you for the result.' },
        { agency },
      ),
    )
  if (opinions.waiting.length > 0) {
    const counted =
      opinions.asked > 1
        ? {
            vi: ` (${opinions.answered}/${opinions.asked} nơi đã trả lời)`,
            en: ` (${opinions.answered} of ${opinions.asked} have answered)`,
          }
        : { vi: '', en: '' }
    beside.push(
      both(
        {
          vi: 'Đang chờ {names} cho ý kiến{counted}. Bạn không phải làm gì.',
          en: 'It waits for the opinion of {names}{counted}. You need not do anything.',
        },
        { names: list(opinions.waiting), counted },
      ),
    )
  }
  return { sentence, beside, turn: 'office' }
}

const closed: Readonly<Partial<Record<Status, Text>>> = {
  3: {
    vi: '{desk} không tiếp nhận hồ sơ này. Lý do ghi ở dưới; bạn có thể sửa và nộp lại.',
    en: '{desk} did not accept this dossier. The reason is below; you may mend it and file again.',
  },
  8: {
    vi: '{agency} đã dừng giải quyết hồ sơ này. Muốn làm lại, bạn nộp hồ sơ mới.',
    en: '{agency} stopped working on this dossier. To go on you file a new one.',
  },
  10: { vi: 'Bạn đã nhận kết quả. Hồ sơ đã xong.', en: 'You have the result. The dossier is finished.' },
}

/** Where a dossier stands, at each of its stages and codes, in words that need no explaining. */
export function standingOf(facts: StandingFacts, now: Temporal.Instant): Standing {
  const { agency, desk } = facts
  const say = (text: Text): Text => both(text, { agency, desk })
  const stopped: Text = { vi: 'Đồng hồ đang dừng vì chờ bạn.', en: 'The clock stands still, waiting for you.' }
  switch (facts.stage) {
    case 'submitted':
      return {
        sentence: say({
          vi: 'Hồ sơ đã đến {desk}, đang chờ cán bộ xem.',
          en: 'The dossier is at {desk}, waiting for an officer to look at it.',
        }),
        beside: [
          {
            vi: 'Thường có người xem trong một ngày làm việc. Khi nhận, họ báo cho bạn ngày hẹn trả.',
            en: 'Somebody usually looks within a working day. When they accept it you get a due date.',
          },
        ],
        turn: 'office',
      }
    case 'received':
    case 'processing':
    case 'signing':
      return working(facts, now)
    case 'supplement':
      return {
        sentence: say({ vi: '{agency} cần bạn bổ sung giấy tờ.', en: '{agency} needs more papers from you.' }),
        beside: facts.received
          ? [stopped]
          : [{ vi: 'Hồ sơ được tiếp nhận sau khi bạn bổ sung.', en: 'It is accepted once you have sent them.' }],
        turn: 'you',
      }
    case 'payment':
      return {
        sentence: say({ vi: '{agency} cần bạn nộp tiền.', en: '{agency} needs your payment.' }),
        beside: facts.paused ? [stopped] : [],
        turn: 'you',
      }
    case 'withdrawn':
      return {
        sentence: say({
          vi: 'Bạn đã xin rút hồ sơ. {agency} sẽ gửi bạn giấy báo dừng.',
          en: 'You asked to withdraw it. {agency} will send you a notice.',
        }),
        beside: [
          {
            vi: 'Đổi ý thì bạn lấy lại yêu cầu rút được, khi cơ quan chưa dừng.',
            en: 'You can take that back until the office has stopped.',
          },
        ],
        turn: 'office',
      }
    case 'ready':
      return {
        sentence: facts.electronic
          ? say({ vi: 'Đã có kết quả. Bạn tải về ngay ở trang này.', en: 'The result is ready. You can download it on this page.' })
          : say({ vi: 'Đã có kết quả, đang giữ cho bạn ở {desk}.', en: 'The result is ready and kept for you at {desk}.' }),
        beside: facts.uncollected
          ? [
              {
                vi: 'Kết quả đã có lâu mà bạn chưa nhận. Không mất, bạn nhận lúc nào cũng được.',
                en: 'It has been waiting for a while. It is not lost: collect it any time.',
              },
            ]
          : [],
        turn: facts.returnsResult ? 'you' : 'nobody',
      }
    case 'closed':
      return {
        sentence: say(closed[facts.status] ?? { vi: 'Hồ sơ đã kết thúc.', en: 'The dossier is finished.' }),
        beside: [],
        turn: 'nobody',
      }
  }
}
