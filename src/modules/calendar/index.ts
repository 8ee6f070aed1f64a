export {
  countMoves,
  type DraftedChange,
  type DueMove,
  findChange,
  listChanges,
  listMoves,
  type MoveOutcome,
  settleMoves,
  takeMoves,
} from './change-store.ts'
export { agencyOf, changeCalendar } from './commands/change-calendar.ts'
export { applyDraft, draftChange, dropChange, openDraft } from './commands/draft-change.ts'
export { removeDay } from './commands/remove-day.ts'
export { setDay } from './commands/set-day.ts'
export { asHeading, describeChange } from './describe.ts'
export { refusals } from './errors.ts'
export { readNationalCalendar } from './files.ts'
export { calendarImport } from './import.ts'
export { type CalendarChange, type RemoveDay, removeDayInput, type SetDay, setDayInput } from './input.ts'
export { loadCalendar, loadCalendars } from './load-calendar.ts'
export { permissions } from './permissions.ts'
export { calendarRoom } from './room.ts'
export { clock } from './rules/clock.ts'
export { dueAfterChange, likenessOf, type Promised } from './rules/due-after-change.ts'
export { type Due, dueAt, type Pause } from './rules/due-at.ts'
export { moment } from './rules/explain.ts'
export {
  type Calendars,
  type ClockChange,
  type ClockEvent,
  type ClockRules,
  type ClockState,
  type ClockStretch,
  type Ledger,
  type PauseReason,
  pauseReasons,
} from './rules/ledger.ts'
export { type ClockReading, readClock, type TimeLeft, timeLeft } from './rules/read-clock.ts'
export { type StepDues, stepDues } from './rules/step-dues.ts'
export { type TimeLimit, type TimeUnit, timeUnits } from './rules/time-limit.ts'
export {
  buildCalendar,
  type CalendarDay,
  doorsOn,
  isWorkingDay,
  type WorkCalendar,
  type WorkingHours,
  workingDayAfter,
  workingDaysBetween,
} from './rules/work-calendar.ts'
export { addWorkingDays, addWorkingMillis, workingMillis } from './rules/working-time.ts'
