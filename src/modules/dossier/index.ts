export { dossierApi } from './api.ts'
export { type AnswerSupplement, answerSupplement } from './commands/answer-supplement.ts'
export { type AssignDossier, assignDossier } from './commands/assign-dossier.ts'
export { type DigitisePaper, digitisePaper } from './commands/digitise-paper.ts'
export { type IssueResult, issueResult } from './commands/issue-result.ts'
export { type NoteOnDossier, noteOnDossier } from './commands/note-dossier.ts'
export { type ReceiveDossier, receiveDossier } from './commands/receive-dossier.ts'
export { type RecordPayment, recordPayment } from './commands/record-payment.ts'
export { type RefuseDossier, refuseDossier } from './commands/refuse-dossier.ts'
export { type RequestSupplement, requestSupplement } from './commands/request-supplement.ts'
export { type ReturnResult, returnResult } from './commands/return-result.ts'
export { type SendBack, sendBack } from './commands/send-back.ts'
export type { OnDossier } from './commands/step.ts'
export { type StopDossier, stopDossier } from './commands/stop-dossier.ts'
export { type SubmitDossier, submitDossier } from './commands/submit-dossier.ts'
export { type SubmitForSignature, submitForSignature } from './commands/submit-for-signature.ts'
export { type WithdrawDossier, withdrawDossier } from './commands/withdraw-dossier.ts'
export { refusals } from './errors.ts'
export type { DossierEventType, EventData, PaperRecord } from './events.ts'
export { specialistsAt } from './facts.ts'
export { type History, hasSource, placeHistories, serialsSince } from './histories.ts'
export { dossierImport, IMPORTED } from './import.ts'
export { applicantInput, typedInput } from './input.ts'
export { dossierMeasures } from './measure-source.ts'
export { type CountChange, type Facts, type MeasureCode, measureIds, recountFrom } from './measures.ts'
export { permissions } from './permissions.ts'
export { type ActualDuration, actualDurations, LOOK_BACK_DAYS } from './queries/actual-durations.ts'
export { type BehindFigure, type BehindRow, dossiersBehind, type FigureBehind } from './queries/behind-figure.ts'
export { type CitizenView, dossierForCitizen, dossierForOfficer, type OfficerView, type PaperView } from './queries/dossier-view.ts'
export { type MyDossier, type MyDossiers, myDossiers } from './queries/my-dossiers.ts'
export { type OpenStanding, openStandings } from './queries/open-standing.ts'
export type { Asker, QueryHost } from './queries/reader.ts'
export type { PlainEntry, TimelineEntry } from './queries/timeline.ts'
export { type TrackDossier, trackDossier } from './queries/track.ts'
export {
  type ClockFilter,
  type ClockState,
  clockFilters,
  type WorkCounts,
  type WorkList,
  type WorkListFilter,
  type WorkRow,
  type WorkScope,
  workList,
  workScopes,
} from './queries/work-list.ts'
export { dossierRoom } from './room.ts'
export { type DossierCode, officialCode, parseCode } from './rules/code.ts'
export { type Applicant, type Dossier, newDossier, type Paper, paperCounts, type Stage, type Status, stages } from './rules/dossier.ts'
export type { Decision, PaperInput } from './rules/lifecycle.ts'
export * as lifecycle from './rules/lifecycle.ts'
export { makeReference, parseReference } from './rules/reference.ts'
export { type Action, actions, possibleActions, transitions } from './rules/transitions.ts'
export { actionTexts, citizenTexts, eventTexts, stageTexts, statusTexts } from './texts.ts'
export { type DossierSummary, masked } from './view.ts'
