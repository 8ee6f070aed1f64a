export { addressBookOf, placeName } from './address-book.ts'
export { type DiscardDraft, discardDraft } from './commands/discard-draft.ts'
export { type PublishedForm, type PublishForm, publishForm } from './commands/publish-form.ts'
export { type SaveDraftPage, type SavedPage, saveDraftPage } from './commands/save-draft-page.ts'
export { discardEdit, type SavedEdit, type SaveEdit, saveEdit, undoEdit } from './commands/save-edit.ts'
export { type OpenDraft, type StartDraft, startDraft } from './commands/start-draft.ts'
export { type StartEdit, startEdit } from './commands/start-edit.ts'
export { refusals } from './errors.ts'
export { formEvents } from './events.ts'
export { loadForms, readForms } from './load.ts'
export { FormFields, hasFiles } from './pages/fields.tsx'
export type { FormFieldsProps } from './pages/part.ts'
export { texts as formTexts } from './pages/texts.ts'
export { permissions } from './permissions.ts'
export { type FormLinks, type FormVersion, listFormVersions } from './queries/edited-forms.ts'
export { draftsOf, findOpenDraft, getOpenDraft } from './queries/get-draft.ts'
export { formRoom } from './room.ts'
export { type AddressBook, type CommuneChoice, ELSEWHERE, labelOf, withLabels } from './rules/address-book.ts'
export { type AddressAnswer, type Answer, type Answers, type FileAnswer, type GroupItem, isEmpty } from './rules/answers.ts'
export { checkDefinition } from './rules/check-definition.ts'
export { visibleAnswers, visibleFields, visiblePages } from './rules/condition.ts'
export {
  type Field,
  type FormDefinition,
  formDefinitionSchema,
  type Page,
  type PrefillSourceName,
  pageOf,
  prefillSources,
  readDefinition,
} from './rules/definition.ts'
export type { Draft, PageSave } from './rules/draft.ts'
export { ACTION_FIELD, actionValue, type PageAction, type PageInput, parsePageInput, readAction } from './rules/input.ts'
export { nextPage, type PageState, pageState, previousPage, type TaskListEntry, taskList } from './rules/pages.ts'
export { toPostedPage } from './rules/posted.ts'
export { type KnownAnswers, prefill } from './rules/prefill.ts'
export { type CheckOptions, check, isRealDay, schemaOf } from './rules/schema.ts'
export { type Submission, submissionOf } from './rules/submission.ts'
export { applicantOf, dayText, filesOf, placeOf, type SummaryRow, type SummarySection, summary } from './rules/summary.ts'
export { walk } from './rules/walk.ts'
export { birthYearOf, warningsOf } from './rules/warnings.ts'
export { findForm, findFormAt } from './store.ts'
