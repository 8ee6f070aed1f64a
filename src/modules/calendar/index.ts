export { type RemoveDay, removeDay, removeDayInput } from './commands/remove-day.ts'
export { type SetDay, setDay, setDayInput } from './commands/set-day.ts'
export { readNationalCalendar } from './files.ts'
export { loadCalendar } from './load-calendar.ts'
export { permissions } from './permissions.ts'
export { calendarRoom } from './room.ts'
export { clock } from './rules/clock.ts'
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
  isWorkingDay,
  type WorkCalendar,
  type WorkingHours,
  workingDayAfter,
  workingDaysBetween,
} from './rules/work-calendar.ts'
export { addWorkingDays, addWorkingMillis, workingMillis } from './rules/working-time.ts'
