import type { Ticket, TicketStage } from './rules/ticket.ts'

/** What a command answers: plain JSON, no person in it. */
export interface TicketView {
  readonly id: string
  readonly code: string
  readonly category: string
  readonly stage: TicketStage
  readonly priority: boolean
  readonly point: number | null
}

export const viewOf = (ticket: Ticket): TicketView => ({
  id: ticket.id,
  code: ticket.code,
  category: ticket.category,
  stage: ticket.stage,
  priority: ticket.ground !== null,
  point: ticket.pointNumber,
})
