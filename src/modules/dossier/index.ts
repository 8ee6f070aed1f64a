export { dossierApi } from './api.ts'
export { citizenRefusals } from './citizen-errors.ts'
export { type CitizenRule, citizenRule } from './citizen-law.ts'
export {
  type Collection,
  type CollectionWay,
  collectionWays,
  findSupplementDraft,
  type PreparedItem,
  type SupplementDraft,
} from './collection-store.ts'
export { type AnswerSupplement, answerSupplement } from './commands/answer-supplement.ts'
export { type ArrangeList, arrangeList, forgetView, type SaveView, saveView } from './commands/arrange-work.ts'
export { type AssignDossier, assignDossier } from './commands/assign-dossier.ts'
export {
  type ChooseCollection,
  chooseCollection,
  collectionOf,
  forgetSupplement,
  type PrepareSupplement,
  prepareSupplement,
} from './commands/choose-collection.ts'
export {
  type AnswerOpinion,
  type AskOpinion,
  answerOpinion,
  askOpinion,
  cancelOpinion,
  type OpinionView,
  remindOpinion,
} from './commands/consultation.ts'
export { type CorrectDossier, correctDossier } from './commands/correct-dossier.ts'
export { type DigitisePaper, digitisePaper } from './commands/digitise-paper.ts'
export { type ExtendDossier, extendDossier } from './commands/extend-dossier.ts'
export { type IssueResult, issueResult } from './commands/issue-result.ts'
export { type StartLinked, startLinked } from './commands/link.ts'
export { type MarkUncollected, markUncollected } from './commands/mark-uncollected.ts'
export { type SendMessage, sendMessage } from './commands/message-send.ts'
export { type MoveDue, type Moved, moveDues } from './commands/move-dues.ts'
export { type NoteOnDossier, noteOnDossier } from './commands/note-dossier.ts'
export { nameMachine, nameMachineInput, removeMachine } from './commands/office-machine.ts'
export { type RecallResult, recallResult } from './commands/recall-result.ts'
export { type ReceiveDossier, receiveDossier } from './commands/receive-dossier.ts'
export { type RecordPayment, recordPayment } from './commands/record-payment.ts'
export { type RefuseDossier, refuseDossier } from './commands/refuse-dossier.ts'
export { forgetFilingFor, type SetFilingFor, setFilingFor } from './commands/representation-set.ts'
export { type RequestPayment, requestPayment } from './commands/request-payment.ts'
export { type RequestSupplement, requestSupplement } from './commands/request-supplement.ts'
export { type RescheduleDossier, rescheduleDossier } from './commands/reschedule-dossier.ts'
export { type ResumeDossier, resumeDossier } from './commands/resume-dossier.ts'
export { type ReturnResult, returnResult } from './commands/return-result.ts'
export { finishStepByHand } from './commands/routing-finish-step.ts'
export { type TransferReport, transferMerged } from './commands/routing-transfer-merged.ts'
export { type SendBack, sendBack } from './commands/send-back.ts'
export { type SettlePayment, settlePayment } from './commands/settle-payment.ts'
export type { OnDossier } from './commands/step.ts'
export { type StopDossier, stopDossier } from './commands/stop-dossier.ts'
export { type SubmitDossier, submitDossier } from './commands/submit-dossier.ts'
export { type SubmitForSignature, submitForSignature } from './commands/submit-for-signature.ts'
export { type TransferDossier, transferDossier } from './commands/transfer-dossier.ts'
export { type AnswerTrial, answerTrial } from './commands/trial-answer.ts'
export { type AskTrial, askTrial, forgetTrial } from './commands/trial-ask.ts'
export { type UndoStep, undoStep } from './commands/undo-step.ts'
export { type WithdrawDossier, withdrawDossier } from './commands/withdraw-dossier.ts'
export { listMachines, type OfficeMachine } from './device-store.ts'
export { refusals } from './errors.ts'
export type { DossierEventType, EventData, PaperRecord } from './events.ts'
export { competentAgencies, specialistsAt } from './facts.ts'
export { type History, hasSource, placeHistories, serialsSince } from './histories.ts'
export { dossierImport, IMPORTED } from './import.ts'
export { applicantInput, inputs, typedInput } from './input.ts'
export { refusalGrounds } from './law.ts'
export { dossierMeasures } from './measure-source.ts'
export { type CountChange, type Facts, type MeasureCode, measureIds, recountFrom } from './measures.ts'
export { filingMark, machineHere } from './pages/filing-device.ts'
export { printDocument } from './pages/print-document.ts'
export { ApplicantPapers, PrintLinks, PrintNow } from './pages/print-links.tsx'
export { permissions } from './permissions.ts'
export { type ActualDuration, actualDurations, LOOK_BACK_DAYS, workedDays } from './queries/actual-durations.ts'
export { type BehindFigure, type BehindRow, dossiersBehind, type FigureBehind } from './queries/behind-figure.ts'
export {
  type CommonProcedure,
  commonProcedures,
  type KnownApplicant,
  knownApplicant,
  returnSignature,
} from './queries/counter.ts'
export { type CitizenView, dossierForCitizen, dossierForOfficer, type OfficerView, type PaperView } from './queries/dossier-view.ts'
export { agenciesOf, type DueChangePreview, type DuePreview, dossierNames, openWithDue, previewDues } from './queries/due-preview.ts'
export { type ExtensionPreview, previewExtension } from './queries/extension-preview.ts'
export { type MessageView, messageThread, type Thread } from './queries/message-thread.ts'
export { type MyDossier, type MyDossiers, type MyFilter, myDossiers, myFilters } from './queries/my-dossiers.ts'
export { judgedAt, lateWhileOpen, type OpenLate, openLate, openLateUntil } from './queries/open-late.ts'
export { type AskedOfMe, askedOfMe, type QuestionView, questionFor } from './queries/opinions.ts'
export type { Asker, QueryHost } from './queries/reader.ts'
export { dossierRegister, type Register, type RegisterQuestion } from './queries/register.ts'
export { type GoneUnit, type Holdings, holdings, previewTransfers, type TransferPreview } from './queries/routing-transfer.ts'
export {
  type AnswerView,
  type ConsultationView,
  type HandoverRow,
  handoverSlip,
  type KinView,
  type RoutingView,
  routingOf,
  type StepView,
  stepResult,
} from './queries/routing-view.ts'
export type { PlainEntry, TimelineEntry } from './queries/timeline.ts'
export { type TrackDossier, trackDossier } from './queries/track.ts'
export { type TrialRow, trialForOfficer, trialList } from './queries/trial-list.ts'
export { openByFormVersion, openByProcedureVersion } from './queries/versions-in-use.ts'
export {
  type ArrangedWorkList,
  arrangedWorkList,
  COUNTED,
  type WorkList,
  type WorkRow,
  workList,
} from './queries/work-list.ts'
export type { WorkCounts } from './queries/work-list-counts.ts'
export {
  type ClockFilter,
  type ClockState,
  clockFilters,
  isNarrowed,
  SOON_DAYS,
  type WorkListFilter,
  type WorkScope,
  workScopes,
} from './queries/work-list-filter.ts'
export { MOST_GROUPS, type WorkGroup, type WorkGrouping, workGroupings, workGroups } from './queries/work-list-groups.ts'
export { chosenRows, foundRows, workRows } from './queries/work-list-rows.ts'
export { unitsOfOfficer, type WorkArrangement, type WorkView } from './queries/work-views.ts'
export { type FiledForBefore, type FilingFor, filedForBefore, findFilingFor } from './representation-store.ts'
export { dossierRoom } from './room.ts'
export { remindOpinions, TRANSFER_QUEUE } from './routing-jobs.ts'
export { opinionCounts } from './routing-store.ts'
export { type DossierCode, officialCode, parseCode } from './rules/code.ts'
export { type AnswerFile, type AnswerState, type Verdict, verdicts } from './rules/consultation.ts'
export { type Applicant, type Dossier, newDossier, type Paper, paperCounts, type Stage, type Status, stages } from './rules/dossier.ts'
export type { Decision, PaperInput, Wanted } from './rules/lifecycle.ts'
export * as lifecycle from './rules/lifecycle.ts'
export type { AttachedFile } from './rules/message-rule.ts'
export { makeReference, parseReference } from './rules/reference.ts'
export {
  type Proof,
  type Representation,
  type RepresentationKind,
  representationKinds,
  representationTexts,
} from './rules/representation-rule.ts'
export { type Standing, type StandingFacts, shortMoment, standingOf } from './rules/standing.ts'
export { type Action, actions, possibleActions, transitions } from './rules/transitions.ts'
export { actionTexts, citizenTexts, eventTexts, stageTexts, statusTexts } from './texts.ts'
export { type Trial, type TrialComment, type TrialVerdict, trialOf, trialsOf } from './trial-store.ts'
export { type DossierSummary, masked } from './view.ts'
export { foldWorkCounts, recountWork, type WorkRecount } from './work-counts.ts'
