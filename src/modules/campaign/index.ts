export { addTarget } from './commands/add-target.ts'
export {
  cancelCampaign,
  changeCampaign,
  changeCampaignTargets,
  changeCampaignUnits,
  endCampaign,
} from './commands/change-campaign.ts'
export { createCampaign, publishCampaign } from './commands/create-campaign.ts'
export { endTarget } from './commands/end-target.ts'
export { type Reminded, remindUnits } from './commands/remind-units.ts'
export { addTask, changeTask, dropTask, finishTask, notTheirs } from './commands/tasks.ts'
export { CHANGED_MEANWHILE } from './errors.ts'
export {
  addTargetInput,
  addTaskInput,
  type CampaignTarget,
  cancelCampaignInput,
  changeCampaignInput,
  changeTargetsInput,
  changeUnitsInput,
  createCampaignInput,
  dropTaskInput,
  endCampaignInput,
  endTargetInput,
  finishTaskInput,
} from './input.ts'
export { campaignLetters, type LetterKind } from './letters.ts'
export {
  type Asker,
  campaignById,
  campaignStanding,
  campaigns,
  campaignTasks,
  mayLead,
  ownUnits,
  readTargets,
  type TaskView,
  taskOfficers,
} from './queries/campaigns.ts'
export type { GoneUnit, Origin } from './queries/gone-units.ts'
export { actsSince, type CampaignAct, campaignHistory } from './queries/history.ts'
export { type Reminder, readReminders } from './queries/reminders.ts'
export type { SchemeName, ScoreStanding } from './queries/scores.ts'
export { type AimStanding, type CampaignStanding, readStanding, type TierPlace, type UnitPlace } from './queries/standing.ts'
export { type TargetFigure, type TargetStanding, targetFigures, targetStanding } from './queries/target-figures.ts'
export { type TargetLine, targetList } from './queries/target-list.ts'
export { campaignRoom } from './room.ts'
export type { Wanted } from './rules/change.ts'
export { type Light, paceOf } from './rules/forecast.ts'
export { type CampaignState, stateOf } from './rules/running.ts'
export type { ScoreLight } from './rules/score-standing.ts'
export { type Aim, aimKey, aimOf, gapTo, isMet, NO_END, type Scope, type Share, type Target, type Tier, targetFor } from './rules/target.ts'
export { targetOn } from './rules/target-on.ts'
export { seedCampaignRows, seedCampaigns, seededCampaignId, seedTargets } from './seed.ts'
export { type Campaign, campaignExists, type StoredTarget } from './store.ts'
export { missedTexts, valueText } from './words.ts'
