export { type CallNext, callNext } from './commands/call-next.ts'
export { expireTickets } from './commands/expire.ts'
export { type SitDown, setPoint, sitDown } from './commands/point.ts'
export { comeBack, type ServeStep, serveSteps, serveTicket } from './commands/serve-ticket.ts'
export { type SetSettings, setSettings } from './commands/set-settings.ts'
export { type TakeTicket, takeTicket } from './commands/take-ticket.ts'
export { takenTooOften, unknownCounter, unknownTicket, uploadOver } from './errors.ts'
export { settingsBody } from './input.ts'
export { permissions } from './permissions.ts'
export { type FigureGroup, figureGroups, type QueueFigure, queueFigures } from './queries/figures.ts'
export {
  currentTicket,
  type DisplayView,
  type FollowView,
  followTicket,
  type PanelView,
  readDisplay,
  readMark,
  readPanel,
  settingsOf,
} from './queries/line.ts'
export { queueRoom } from './room.ts'
export { categoryOf, lettersOf, type QueueSettings } from './rules/settings.ts'
export type { Ticket } from './rules/ticket.ts'
export { stageTexts, stepTexts } from './texts.ts'
export type { IntakePage, UploadPoint } from './upload-store.ts'
export {
  addPages,
  dropIntakePage,
  endIntake,
  intakePages,
  openUploadPoint,
  UPLOAD_FILES,
  UPLOAD_MINUTES,
  uploadPointFor,
} from './uploads.ts'
export type { TicketView } from './view.ts'
