export type { Aimed, KnownAim, ReadAims } from './aims.ts'
export { answerSaved } from './commands/answer-saved.ts'
export { changeWeeklySettings } from './commands/change-settings.ts'
export { type FrozenReport, freezeWeekly, type Made, type ReportHost } from './commands/freeze-weekly.ts'
export { raiseAlarm } from './commands/raise-alarm.ts'
export { changeReport, followReport, forgetReport, saveReport } from './commands/saved.ts'
export { digestOf } from './digest.ts'
export { answerPaper, type FileKind, fileKinds, savedEnclosure, weeklyEnclosure } from './enclosures.ts'
export { reportRefusals } from './errors.ts'
export type { ReadGaps } from './gaps.ts'
export { type KeptReport, weeklyPdf, weeklyXlsx } from './outputs.ts'
export { answerQuestion, valueName } from './queries/answer-question.ts'
export { nextSlot, type OpenedReport, openWeekly, type WeeklyWatch, watchWeekly, weeklyHistory } from './queries/weekly-reports.ts'
export { reportingRoom } from './room.ts'
export { type Answer, type AnswerRow, numberOf } from './rules/answer.ts'
export { leadColumns, stepText } from './rules/answer-files.ts'
export { figureText, totalsOf } from './rules/answer-words.ts'
export {
  bys,
  channels,
  daysOf,
  MOST_VALUES,
  periodNames,
  type Question,
  queryOf,
  readQuestion,
  slugOf,
  steps,
  type Value,
} from './rules/question.ts'
export { type AnswerFile, answerFiles, nextMoment, type Schedule, schedules } from './rules/schedule.ts'
export { type DatedSettings, recipientRoles, settingsOn, slotOf, type WeeklySettings, weekOf } from './rules/settings.ts'
export { moved, movedText, percentText, type Share } from './rules/share.ts'
export { findUnit, type Line, type Provenance, type UnitLine, type WeeklyRate, type WeeklyReport, weeklyRates } from './rules/weekly.ts'
export * as weeklyWords from './rules/weekly-words.ts'
export {
  type ListedReport,
  listRuns,
  listSaved,
  type ReportRecipient,
  type RunRow,
  recipientsOf,
  runById,
  type SavedReport,
  savedFor,
} from './saved-store.ts'
export { listSettings, type SettingRow, type WeeklyRow } from './store.ts'
