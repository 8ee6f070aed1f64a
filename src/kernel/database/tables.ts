// Column types of the migrated schema, written by `npm run types:db`.

import type { ColumnType } from 'kysely'
import type { Temporal } from 'temporal-polyfill'
import type { Day } from '../clock.ts'

export type ArrayType<T> = ArrayTypeImpl<T> extends (infer U)[] ? U[] : ArrayTypeImpl<T>

export type ArrayTypeImpl<T> = T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S[], I[], U[]> : T[]

export type Generated<T> =
  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>

export type Json = JsonValue

export type JsonArray = JsonValue[]

export type JsonObject = {
  [x: string]: JsonValue | undefined
}

export type JsonPrimitive = boolean | number | string | null

export type JsonValue = JsonArray | JsonObject | JsonPrimitive

export interface Agency {
  area_code: string | null
  certainty: Generated<string>
  code: string
  kind: string
  name: string
  name_fold: string
  note: Generated<string>
  parent_code: string | null
  short_name: string
  source: Generated<string>
  tier: string
  valid_from: Day
  valid_to: Day | null
}

export interface AgencyLineage {
  certainty: Generated<string>
  effective_day: Day
  from_code: string
  from_valid_from: Day
  note: Generated<string>
  share: string
  source: Generated<string>
  to_code: string
  to_valid_from: Day
}

export interface AnomalyReview {
  case_key: string
  id: string
  note: string
  outcome: string
  reviewed_at: Temporal.Instant
  reviewed_by: string
}

export interface AnomalyRun {
  computed_at: Temporal.Instant
  found: Json
  period_from: Day
  period_to: Day
  took_ms: number
}

export interface CalendarChange {
  applied_at: Temporal.Instant | null
  applied_by: string | null
  change: Json
  drafted_at: Temporal.Instant
  drafted_by: string
  id: string
  kept: Generated<number>
  moves: Generated<number>
  state: Generated<string>
}

export interface CalendarDay {
  agency_code: Generated<string>
  certainty: Generated<string>
  day: Day
  kind: string
  layer: string
  name: string
  name_en: Generated<string>
  source: Generated<string>
}

export interface CalendarState {
  cut_off: string
  id: number
  version: Generated<string>
}

export interface Campaign {
  aims: string[]
  begins: Day
  cancelled_on: Day | null
  cancelled_reason: string | null
  created_at: Temporal.Instant
  created_by: string
  decision: string
  ends: Day
  id: string
  name: string
  published_at: Temporal.Instant | null
  units: Generated<string[]>
  version: Generated<number>
}

export interface CampaignTask {
  campaign_id: string
  created_at: Temporal.Instant
  done_by: string | null
  done_note: string | null
  done_on: Day | null
  dropped_on: Day | null
  dropped_reason: string | null
  due: Day
  evidence: Json | null
  id: string
  officer_id: string | null
  unit_code: string
  version: Generated<number>
  what: string
}

export interface CheckResult {
  at: Temporal.Instant
  detail: Json
  name: string
  ok: boolean
}

export interface ClockRule {
  agency_code: Generated<string>
  cut_off: Generated<string>
  end_day: Generated<string>
  end_time: Generated<string>
  inherits: Generated<boolean>
  late_receipt: Generated<string>
  pauses: Generated<string[]>
  restarts: Generated<string[]>
  source: Generated<string>
  start_day: Generated<string>
  valid_from: Day
}

export interface Consultation {
  agency_code: string
  asked_at: Temporal.Instant
  asked_by: string | null
  asked_by_name: string
  cancel_reason: string | null
  cancelled_at: Temporal.Instant | null
  cancelled_by_name: string | null
  dossier_id: string
  id: string
  number: number
  papers: Generated<number[]>
  question: string
  stops_clock: Generated<boolean>
}

export interface ConsultationAnswer {
  agency_code: string
  answer: string | null
  answered_at: Temporal.Instant | null
  answered_by: string | null
  answered_by_name: string | null
  consultation_id: string
  due_at: Temporal.Instant
  due_explanation: Json
  files: Generated<Json>
  reminded_at: Temporal.Instant | null
  reminders: Generated<number>
  verdict: string | null
}

export interface Dossier {
  agency_code: string
  answers: Generated<Json>
  applicant_email: string | null
  applicant_name: Generated<string>
  applicant_number: string | null
  applicant_phone: string | null
  assignee_id: string | null
  assignee_name: string | null
  assistance_agency_code: string | null
  assisted: Generated<boolean>
  channel: string
  clock: Json | null
  closed_at: Temporal.Instant | null
  code: string | null
  completed_at: Temporal.Instant | null
  counted: Generated<number>
  due_at: Temporal.Instant | null
  due_changes: Generated<Json>
  due_explanation: Json | null
  extensions: Generated<number>
  fee_vnd: Generated<number>
  form_code: string | null
  form_version: number | null
  former_codes: Generated<string[]>
  id: string
  intake_supplements: Generated<number>
  original_due_at: Temporal.Instant | null
  other_paused_days: Generated<number>
  paid_online: Generated<boolean>
  paid_vnd: Generated<number>
  papers_digitised: Generated<number>
  papers_reused: Generated<number>
  papers_total: Generated<number>
  paused_at: Temporal.Instant | null
  paused_working_ms: Generated<number>
  procedure_code: string
  procedure_name: string
  procedure_version: number
  recalls: Generated<number>
  received_at: Temporal.Instant | null
  received_day: Day | null
  reception_agency_code: string
  reference: string
  refusal_ground: string | null
  representation: Json | null
  result_electronic: Generated<boolean>
  returned_at: Temporal.Instant | null
  returns_result: Generated<boolean>
  search: Generated<string>
  source: string | null
  source_digest: string | null
  stage: string
  status: number
  submitted_at: Temporal.Instant
  submitter_id: string | null
  supplement_requests: Generated<number>
  supplement_working_days: Generated<number>
  uncollected_at: Temporal.Instant | null
  version: Generated<number>
  worked_days: number | null
}

export interface DossierAccess {
  at: Temporal.Instant
  dossier_id: string
  id: Generated<number>
  officer_id: string
  officer_name: string
}

export interface DossierCollection {
  address: Json | null
  chosen_at: Temporal.Instant
  chosen_by: string
  dossier_id: string
  phone: string | null
  receiver: string | null
  way: string
}

export interface DossierLink {
  after_code: string | null
  child_id: string | null
  fed_back_at: Temporal.Instant | null
  named_agency: string | null
  number: number
  parent_id: string
  procedure_code: string
  start: string
  started_at: Temporal.Instant | null
  trouble: string | null
  with_papers: boolean
}

export interface DossierMark {
  disliked: boolean
  dossier_id: string
  id: string
  petitions: number
  place: Json | null
}

export interface DossierMessage {
  agency_code: string | null
  at: Temporal.Instant
  author_id: string
  author_name: string
  body: string
  dossier_id: string
  files: Generated<Json>
  from_office: boolean
  id: string
}

export interface DossierMessageSeen {
  dossier_id: string
  reader: string
  up_to: Temporal.Instant
}

export interface DossierPaper {
  added_at: Temporal.Instant
  component_code: string | null
  digitised: Generated<boolean>
  dossier_id: string
  kind: string
  media_type: string | null
  name: string
  number: number
  reused: Generated<boolean>
  sha256: string | null
  size: number | null
  voided: Generated<boolean>
}

export interface DossierSerial {
  agency_code: string
  day: Day
  last: number
}

export interface DossierStep {
  agency_code: string
  allowance: number
  back: string | null
  code: string
  dossier_id: string
  due_at: Temporal.Instant | null
  finished_at: Temporal.Instant | null
  holder_id: string | null
  holder_name: string | null
  name: Json
  next: string[]
  note: string | null
  number: number
  outcome: string | null
  planned_due_at: Temporal.Instant | null
  role: string
  round: number
  started_at: Temporal.Instant | null
  state: string
}

export interface DossierTrial {
  agency_code: string
  answered_at: Temporal.Instant | null
  answered_by: string | null
  answered_by_name: string | null
  answers: Json
  applicant_name: string | null
  asked_at: Temporal.Instant
  comments: Generated<Json>
  form_code: string
  form_version: number
  id: string
  note: Generated<string>
  person_id: string
  person_name: string
  phone: string | null
  procedure_code: string
  procedure_name: string
  promised_at: Temporal.Instant
  verdict: string | null
}

export interface DossierWorkCell {
  due_day: Day
  grain: string
  held: boolean
  n: number
  stage: string
}

export interface DossierWorkDelta {
  due_day: Day
  held: boolean
  id: Generated<number>
  n: number
  stage: string
}

export interface Draft {
  answers: Json
  created_at: Temporal.Instant
  form_code: string
  form_version: number
  id: string
  person_id: string
  prefilled: string[]
  procedure_code: string
  saved_pages: Json
  updated_at: Temporal.Instant
  version: number
}

export interface DueMove {
  change_id: string
  due_from: Temporal.Instant
  due_to: Temporal.Instant
  outcome: string | null
  subject: string
}

export interface Event {
  actor: Json
  agency_code: string | null
  at: Temporal.Instant
  data: Json
  position: Generated<number>
  request_id: string | null
  subject: string
  tx: Generated<string>
  type: string
}

export interface EventSeal {
  batch: number
  events: number
  first_position: number
  first_tx: string
  hash: Uint8Array
  last_position: number
  last_tx: string
  leaves: Uint8Array
  root: Uint8Array
  sealed_at: Temporal.Instant
}

export interface FactorPolicy {
  id: string
  level: string
  position: Generated<number>
  role: string
  set_at: Temporal.Instant
  set_by: string | null
  valid_from: Day
}

export interface FactorSetting {
  fresh_minutes: number
  set_by: string | null
  valid_from: Temporal.Instant
}

export interface FilingDevice {
  dossier_id: string
  filed_at: Temporal.Instant
  machine_id: string | null
  mark: Uint8Array | null
}

export interface FilingRepresentation {
  answers: Generated<Json>
  kind: string
  person_id: string
  procedure_code: string
  updated_at: Temporal.Instant
}

export interface FormDefinition {
  body: Json
  code: string
  published_at: Temporal.Instant
  published_by: string
  stamp: string
  title: string
  valid_from: Day
  version: number
}

export interface FormEdit {
  based_on: number | null
  body: Json
  form_code: string
  id: string
  previous: Json | null
  started_at: Temporal.Instant
  started_by: string
  touched: Json
  updated_at: Temporal.Instant
  updated_by: string
  version: number
}

export interface Hamlet {
  certainty: Generated<string>
  code: string
  commune_code: string
  kind: string
  name: string
  name_fold: string
  note: Generated<string>
  valid_from: Day
  valid_to: Day | null
}

export interface IndexReported {
  agency_code: string
  month: Day
  quantity: string
  reported_at: Temporal.Instant
  revision: number
  source: string
  value: number
}

export interface IndexScheme {
  basis: string
  body: Json
  code: string
  name: Json
  number: number
  published_at: Temporal.Instant
  published_by: string
  revision: number
  valid_from: Day
}

export interface IndexSnapshot {
  body: string
  closed_at: Temporal.Instant
  closed_by: string
  digest: string
  first: Day
  last: Day
  position: number
  previous: string | null
  reason: string
  revision: number
  scheme: string
}

export interface IndicatorCell {
  agency_code: string
  channel: Generated<string>
  day: Day
  grain: string
  procedure_code: Generated<string>
  vals: ArrayType<number>
}

export interface IndicatorDelta {
  agency_code: string
  channel: string
  counts: string
  day: Day
  id: Generated<number>
  line: Generated<string>
  procedure_code: string
  tx: Generated<string>
}

export interface IndicatorFolded {
  tx: Generated<string>
}

export interface IndicatorPresence {
  agency_code: string
  day: Day
  grain: string
  online: Uint8Array
  paid_online: Uint8Array
}

export interface IndicatorProcedure {
  place: number
  procedure_code: string
}

export interface IndicatorRecount {
  as_of: Temporal.Instant | null
  at: Temporal.Instant
  difference: number
  differing: Generated<Json>
  events: number
  id: string
  repaired: Generated<boolean>
}

export interface IntakePage {
  at: Temporal.Instant
  id: string
  intake_id: string
  media_type: string
  name: string
  officer_id: string
  paper_code: string
  sha256: string
  size: number
}

export interface IntakeUpload {
  agency_code: string
  bytes: Generated<number>
  expires_at: Temporal.Instant
  files: Generated<number>
  intake_id: string
  officer_id: string
  officer_name: string
  procedure_code: string
  token_hash: string
}

export interface Letter {
  asked_at: Temporal.Instant
  enclosed: Json | null
  id: string
  job_id: string | null
  maybe_twice: Generated<boolean>
  notice_id: string
  officer_id: string
  problem: string | null
  settled_at: Temporal.Instant | null
  state: string
  tries: Generated<number>
  trying_since: Temporal.Instant | null
}

export interface LifeEvent {
  code: string
  hint_en: string
  hint_vi: string
  name_en: string
  name_vi: string
  place: number
}

export interface MailChoice {
  by_mail: boolean
  officer_id: string
  set_at: Temporal.Instant
}

export interface Notice {
  at: Temporal.Instant
  body: string
  href: string
  id: string
  key: string
  officer_id: string
  read_at: Temporal.Instant | null
  title: string
}

export interface OfficeMachine {
  agency_code: string
  by_name: string
  id: string
  mark: Uint8Array
  name: string | null
  removed_at: Temporal.Instant | null
  since: Temporal.Instant
}

export interface Officer {
  agency_code: string
  created_at: Temporal.Instant
  created_by: string | null
  deactivated_at: Temporal.Instant | null
  email: string | null
  id: string
  must_change_password: Generated<boolean>
  name: string
  password_changed_at: Temporal.Instant
  password_hash: string
  phone: string | null
  position: Generated<string>
  search: string
  temporary_until: Temporal.Instant | null
  username: string
}

export interface OrganisationState {
  id: number
  version: Generated<string>
}

export interface PermissionRule {
  action: string
  id: string
  role: string
  scope: string
  set_by: string | null
  valid_from: Temporal.Instant
  valid_to: Temporal.Instant | null
}

export interface Person {
  account_kind: Generated<string>
  address: Json | null
  birth_date: Day | null
  created_at: Temporal.Instant
  email: string | null
  id: string
  identity_level: number | null
  issuer: string
  name: string
  personal_number: string | null
  phone: string | null
  signed_in_at: Temporal.Instant | null
  subject: string
  tech_id: string | null
  updated_at: Temporal.Instant
}

export interface Petition {
  agency_code: string
  assignee_id: string | null
  dossier_id: string | null
  due_at: Temporal.Instant | null
  filed_at: Temporal.Instant
  id: string
  index_due_at: Temporal.Instant | null
  kind: string | null
  late: Generated<boolean>
  open: boolean
  person_id: string | null
  phone: string | null
  public_search: string | null
  published_at: Temporal.Instant | null
  reference: string
  search: string
  stage: string
  state: Json
  version: number
}

export interface PetitionAccess {
  at: Temporal.Instant
  id: Generated<number>
  officer_id: string
  officer_name: string
  petition_id: string
}

export interface PetitionLimit {
  basis: string
  resolve_days: number
  set_at: Temporal.Instant
  set_by: string
  valid_from: Day
}

export interface PetitionVote {
  at: Temporal.Instant
  liked: boolean
  petition_id: string
  voter: string
}

export interface PrintedDocument {
  agency_code: string
  facts: Json
  id: string
  issued_at: Temporal.Instant
  kind: string
  number: number
  occurrence: number
  recorded_at: Temporal.Instant
  subject: string
  year: number
}

export interface PrintedNumber {
  agency_code: string
  kind: string
  last: number
  year: number
}

export interface Procedure {
  code: string
  code_certainty: string
}

export interface ProcedureEdit {
  based_on: number | null
  body: Json
  id: string
  previous: Json | null
  procedure_code: string
  started_at: Temporal.Instant
  started_by: string
  touched: Json
  updated_at: Temporal.Instant
  updated_by: string
  version: number
}

export interface ProcedureField {
  code: string
  name_en: string
  name_fold: string
  name_vi: string
  place: Generated<number>
}

export interface ProcedureVersion {
  abolished: boolean
  alike: string
  body: Json
  code: string
  complete: Generated<boolean | null>
  fee_assessed: boolean
  fee_vnd: number
  field: string
  form_code: string | null
  id: string
  life_events: string[]
  name: string
  name_en: string
  published_at: Temporal.Instant
  published_by: string
  resolver_agency: Generated<string | null>
  returns_result: boolean
  search: string
  service_level: string
  tiers: string[]
  time_limit: number
  time_unit: string
  valid_from: Day
  version: number
}

export interface Province {
  code: string
  created_at: Generated<Temporal.Instant>
  name: string
  schema: string
  slug: string
}

export interface QueuePoint {
  agency_code: string
  day: Day | null
  id: string
  number: number
  officer_id: string | null
  state: Json
  ticket_id: string | null
  version: number
}

export interface QueueSerial {
  agency_code: string
  day: Day
  last: number
  series: string
}

export interface QueueSettings {
  agency_code: string
  body: Json
  set_at: Temporal.Instant
  set_by: string
  valid_from: Day
}

export interface QueueTicket {
  agency_code: string
  called_at: Temporal.Instant | null
  category: string
  day: Day
  ended_at: Temporal.Instant | null
  first_called_at: Temporal.Instant | null
  id: string
  lined_at: Temporal.Instant
  number: number
  point_number: number | null
  priority: boolean
  secret: string
  series: string
  stage: string
  started_at: Temporal.Instant | null
  state: Json
  taken_at: Temporal.Instant
  version: number
}

export interface Rating {
  agency_code: string
  changed_at: Temporal.Instant | null
  comment: string | null
  criteria_from: Day
  dossier_id: string
  given_at: Temporal.Instant
  given_day: Day
  id: string
  level: string
  officer_id: string | null
  officer_name: string | null
  procedure_code: string
  procedure_name: string
  scores: Json
  source: string
  state: Json
  version: number
}

export interface RatingInvitation {
  agency_code: string
  dossier_id: string
  open_until: Temporal.Instant
  person_id: string | null
  procedure_name: string
  rated: Generated<boolean>
  returned_at: Temporal.Instant
}

export interface RecoveryCode {
  code_hash: Uint8Array
  created_at: Temporal.Instant
  officer_id: string
  salt: Uint8Array
  used_at: Temporal.Instant | null
}

export interface RelayCursor {
  name: string
  position: Generated<number>
  tx: Generated<string>
  updated_at: Generated<Temporal.Instant>
}

export interface RequestLog {
  actor_key: string
  at: Temporal.Instant
  command: string
  request_id: string
  result: Json | null
}

export interface RoleGrant {
  agency_code: string
  delegated_from: string | null
  granted_at: Temporal.Instant
  granted_by: string | null
  id: string
  officer_id: string
  reason: Generated<string>
  revoked_at: Temporal.Instant | null
  revoked_by: string | null
  role: string
  subtree: boolean
  valid_from: Day
  valid_to: Day | null
}

export interface SavedReport {
  file: Generated<string>
  id: string
  name: string
  owner_id: string
  owner_name: string
  question: string
  saved_at: Temporal.Instant
  schedule: string
  scheduled_at: Temporal.Instant
  shared: boolean
  time: Generated<string>
  tried_slot: Day | null
  weekday: Generated<number>
}

export interface SavedReportRecipient {
  added_at: Temporal.Instant
  officer_id: string
  saved_id: string
  stopped_at: Temporal.Instant | null
  stopped_by: string | null
}

export interface SavedReportRun {
  body: string
  digest: string
  id: string
  name: string
  owner_id: string
  produced_at: Temporal.Instant
  saved_id: string
  slot: Day
}

export interface ScheduleSlot {
  queue: string
  slot: Temporal.Instant
}

export interface SecondFactor {
  created_at: Temporal.Instant
  credential_id: string | null
  id: string
  kind: string
  last_step: number | null
  last_used_at: Temporal.Instant | null
  name: string
  officer_id: string
  public_key: Uint8Array | null
  sealed_secret: Uint8Array | null
  sign_count: number | null
  transports: Generated<string[]>
}

export interface Session {
  address: string | null
  created_at: Temporal.Instant
  csrf: string
  data: Generated<Json>
  device: string | null
  expires_at: Temporal.Instant
  factor_at: Temporal.Instant | null
  seen_at: Temporal.Instant
  subject_id: string
  subject_kind: string
  token_hash: Uint8Array
}

export interface SessionPolicy {
  absolute_minutes: number
  idle_minutes: number
  set_by: string | null
  subject_kind: string
  valid_from: Temporal.Instant
}

export interface SignInAttempt {
  browser_hash: Uint8Array
  expires_at: Temporal.Instant
  nonce: string
  return_path: string
  state_hash: Uint8Array
  verifier: string
}

export interface SignInPending {
  awaits: string
  expires_at: Temporal.Instant
  officer_id: string
  token_hash: Uint8Array
}

export interface SignInThrottle {
  key: Uint8Array
  tries: number
  window_ends_at: Temporal.Instant
}

export interface SpentChallenge {
  challenge_hash: Uint8Array
  expires_at: Temporal.Instant
}

export interface SupplementDraft {
  asked_at: Temporal.Instant
  dossier_id: string
  items: Generated<Json>
  note: Generated<string>
  person_id: string
  updated_at: Temporal.Instant
}

export interface Target {
  aim_code: string
  aim_kind: string
  begins: Day
  campaign_id: string | null
  certainty: string
  comparator: string
  ended_at: Temporal.Instant | null
  ended_by: string | null
  ends: Day | null
  id: string
  scope_kind: string
  set_at: Temporal.Instant
  set_by: string
  source: string
  tier: string | null
  unit_code: string | null
  unit_valid_from: Day | null
  value: string
  version: Generated<number>
  withdrawn_at: Temporal.Instant | null
}

export interface Upload {
  at: Temporal.Instant
  id: Generated<number>
  owner_key: string
  sha256: string
  size: number
}

export interface WeeklyReport {
  body: string
  day: Day
  digest: string
  first: Day
  id: string
  produced_at: Temporal.Instant
  provenance: string
  week: Day
}

export interface WeeklySetting {
  body: Json
  revision: number
  set_at: Temporal.Instant
  set_by: string
  valid_from: Day
}

export interface WorkingHours {
  agency_code: Generated<string>
  closes: string
  opens: string
  valid_from: Day
  weekday: number
}

export interface WorkingSchedule {
  agency_code: Generated<string>
  inherits: Generated<boolean>
  saturday_counts: Generated<boolean>
  source: Generated<string>
  valid_from: Day
}

export interface WorkListSetting {
  columns: Generated<string[]>
  default_view: string | null
  officer_id: string
  updated_at: Temporal.Instant
}

export interface WorkListView {
  agency_code: string | null
  created_at: Temporal.Instant
  id: string
  name: string
  officer_id: string
  officer_name: string
  query: string
}

export interface DB {
  agency: Agency
  agency_lineage: AgencyLineage
  anomaly_review: AnomalyReview
  anomaly_run: AnomalyRun
  calendar_change: CalendarChange
  calendar_day: CalendarDay
  calendar_state: CalendarState
  campaign: Campaign
  campaign_task: CampaignTask
  check_result: CheckResult
  clock_rule: ClockRule
  consultation: Consultation
  consultation_answer: ConsultationAnswer
  dossier: Dossier
  dossier_access: DossierAccess
  dossier_collection: DossierCollection
  dossier_link: DossierLink
  dossier_mark: DossierMark
  dossier_message: DossierMessage
  dossier_message_seen: DossierMessageSeen
  dossier_paper: DossierPaper
  dossier_serial: DossierSerial
  dossier_step: DossierStep
  dossier_trial: DossierTrial
  dossier_work_cell: DossierWorkCell
  dossier_work_delta: DossierWorkDelta
  draft: Draft
  due_move: DueMove
  event: Event
  event_seal: EventSeal
  factor_policy: FactorPolicy
  factor_setting: FactorSetting
  filing_device: FilingDevice
  filing_representation: FilingRepresentation
  form_definition: FormDefinition
  form_edit: FormEdit
  hamlet: Hamlet
  index_reported: IndexReported
  index_scheme: IndexScheme
  index_snapshot: IndexSnapshot
  indicator_cell: IndicatorCell
  indicator_delta: IndicatorDelta
  indicator_folded: IndicatorFolded
  indicator_presence: IndicatorPresence
  indicator_procedure: IndicatorProcedure
  indicator_recount: IndicatorRecount
  intake_page: IntakePage
  intake_upload: IntakeUpload
  letter: Letter
  life_event: LifeEvent
  mail_choice: MailChoice
  notice: Notice
  office_machine: OfficeMachine
  officer: Officer
  organisation_state: OrganisationState
  permission_rule: PermissionRule
  person: Person
  petition: Petition
  petition_access: PetitionAccess
  petition_limit: PetitionLimit
  petition_vote: PetitionVote
  printed_document: PrintedDocument
  printed_number: PrintedNumber
  procedure: Procedure
  procedure_edit: ProcedureEdit
  procedure_field: ProcedureField
  procedure_version: ProcedureVersion
  province: Province
  queue_point: QueuePoint
  queue_serial: QueueSerial
  queue_settings: QueueSettings
  queue_ticket: QueueTicket
  rating: Rating
  rating_invitation: RatingInvitation
  recovery_code: RecoveryCode
  relay_cursor: RelayCursor
  request_log: RequestLog
  role_grant: RoleGrant
  saved_report: SavedReport
  saved_report_recipient: SavedReportRecipient
  saved_report_run: SavedReportRun
  schedule_slot: ScheduleSlot
  second_factor: SecondFactor
  session: Session
  session_policy: SessionPolicy
  sign_in_attempt: SignInAttempt
  sign_in_pending: SignInPending
  sign_in_throttle: SignInThrottle
  spent_challenge: SpentChallenge
  supplement_draft: SupplementDraft
  target: Target
  upload: Upload
  weekly_report: WeeklyReport
  weekly_setting: WeeklySetting
  work_list_setting: WorkListSetting
  work_list_view: WorkListView
  working_hours: WorkingHours
  working_schedule: WorkingSchedule
}
