import type { Text } from '../../kernel/i18n/index.ts'
import { eventTexts } from './texts.ts'

/** Events of a dossier's way through the offices: they do not change the dossier itself, so its version stays. */
export const routingEvents = [
  'routing.step-finished',
  'routing.opinion-asked',
  'routing.opinion-answered',
  'routing.opinion-reminded',
  'routing.opinion-cancelled',
  'routing.linked',
  'routing.link-failed',
  'routing.result-came',
] as const
export type RoutingEventType = (typeof routingEvents)[number]

/** What happened on the way, as officers read it. `{agencies}`, `{step}`, `{procedure}` come with the event. */
export const routingTexts: Readonly<Record<RoutingEventType, Text>> = {
  'routing.step-finished': { vi: 'Xong bước "{step}"', en: 'Step done: “{step}”' },
  'routing.opinion-asked': { vi: 'Xin ý kiến {agencies}', en: 'Asked for the opinion of {agencies}' },
  'routing.opinion-answered': { vi: '{agencies} trả lời xin ý kiến', en: '{agencies} answered' },
  'routing.opinion-reminded': { vi: 'Nhắc {agencies} cho ý kiến', en: 'Reminded {agencies}' },
  'routing.opinion-cancelled': { vi: 'Rút lại yêu cầu xin ý kiến', en: 'Question taken back' },
  'routing.linked': { vi: 'Mở hồ sơ liên thông: {procedure}', en: 'Linked dossier begun: {procedure}' },
  'routing.link-failed': { vi: 'Chưa mở được hồ sơ liên thông: {procedure}', en: 'Linked dossier could not be begun: {procedure}' },
  'routing.result-came': { vi: 'Đã có kết quả liên thông: {procedure}', en: 'Result of a linked dossier: {procedure}' },
}

const all: Readonly<Record<string, Text | undefined>> = { ...eventTexts, ...routingTexts }

/** What an event of a dossier says, of its own life or of its way; undefined for what this version does not know. */
export const anyEventText = (type: string): Text | undefined => all[type]

/** In place of the words of a changed calendar, when sector law let the clock stand still for an opinion. */
export const waitedForOpinion: Text = {
  vi: 'Hạn lùi vì chờ ý kiến cơ quan khác: {due}',
  en: 'Due time moved, waiting for an opinion: {due}',
}

/** What happened on the way, in plain words for the applicant. What concerns only the office is not here. */
export const citizenRoutingTexts: Readonly<Partial<Record<RoutingEventType, Text>>> = {
  'routing.step-finished': { vi: 'Xong một bước, hồ sơ được chuyển tiếp.', en: 'One step is done; the dossier was passed on.' },
  'routing.opinion-asked': { vi: 'Cơ quan hỏi ý kiến {agencies} về hồ sơ của bạn.', en: 'The office asked {agencies} for an opinion.' },
  'routing.opinion-answered': { vi: '{agencies} đã cho ý kiến.', en: '{agencies} gave an opinion.' },
  'routing.opinion-reminded': { vi: 'Cơ quan đã nhắc {agencies} cho ý kiến.', en: 'The office reminded {agencies}.' },
  'routing.opinion-cancelled': { vi: 'Cơ quan không cần hỏi ý kiến nơi khác nữa.', en: 'The office no longer needs that opinion.' },
  'routing.linked': { vi: 'Cơ quan làm luôn cho bạn: {procedure}.', en: 'The office also began for you: {procedure}.' },
  'routing.result-came': { vi: 'Đã có kết quả: {procedure}.', en: 'There is a result: {procedure}.' },
}
