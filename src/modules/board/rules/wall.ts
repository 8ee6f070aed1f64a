import type { Day } from '../../../kernel/clock.ts'
import { addressOf, type BoardQuestion, periodOf, readQuestion } from './question.ts'

/** The slides of the wall, in the order in which they are shown. */
export const wallSlides = ['rates', 'tiers', 'course', 'behind', 'ahead', 'score'] as const
export type WallSlide = (typeof wallSlides)[number]

/** Periods that go on by themselves: a wall hangs there on the first day of the next year too. */
export const wallPeriods = ['nam', 'quy', 'thang'] as const
export type WallPeriod = (typeof wallPeriods)[number]

export interface WallAddress {
  readonly question: BoardQuestion
  /** Null: the days stand in the address and stay. */
  readonly period: WallPeriod | null
  readonly slide: WallSlide
  readonly stopped: boolean
}

const PATH = '/dieu-hanh/man-hinh'

function runningPeriod(period: WallPeriod, today: Day): { from: Day; to: Day } {
  const [year = '', month = ''] = today.split('-')
  const name = { nam: year, quy: `${year}-q${Math.ceil(Number(month) / 3)}`, thang: `${year}-${month}` }[period]
  const from = periodOf(name)?.from ?? today
  return { from, to: today }
}

/** Reads the wall's address; what makes no sense falls back to this year so far and the first slide. */
export function readWall(query: Readonly<Record<string, string | undefined>>, today: Day): WallAddress {
  const asked = readQuestion(query, today)
  const period = wallPeriods.find((one) => one === query.ky) ?? (query.tu || query.ky ? null : 'nam')
  return {
    question: period ? { ...asked, ...runningPeriod(period, today) } : asked,
    period,
    slide: wallSlides[Number(query.trang ?? 1) - 1] ?? 'rates',
    stopped: query.dung === '1',
  }
}

/** The address of a slide: read again on another day, a running period has gone on. */
export function wallHref({ question, period, slide, stopped }: WallAddress): string {
  const query = new URLSearchParams(addressOf(question).split('?')[1])
  if (period) {
    query.delete('tu')
    query.delete('den')
    query.set('ky', period)
  }
  query.set('trang', String(wallSlides.indexOf(slide) + 1))
  if (stopped) query.set('dung', '1')
  return `${PATH}?${query}`
}

/** The stream of a wall's slides, all of them at once. */
export const wallStream = ({ question }: Pick<WallAddress, 'question'>): string => addressOf(question, `${PATH}/luong`)
