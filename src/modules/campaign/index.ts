export { addTarget } from './commands/add-target.ts'
export { createCampaign, publishCampaign } from './commands/create-campaign.ts'
export { endTarget } from './commands/end-target.ts'
export { type Reminded, remindUnits } from './commands/remind-units.ts'
export { addTask, finishTask } from './commands/tasks.ts'
export { addTargetInput, addTaskInput, createCampaignInput, endTargetInput, finishTaskInput } from './input.ts'
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
export { type Reminder, readReminders } from './queries/reminders.ts'
export { type AimStanding, type CampaignStanding, readStanding, type TierPlace, type UnitPlace } from './queries/standing.ts'
export { type TargetLine, targetList } from './queries/target-list.ts'
export { campaignRoom } from './room.ts'
export type { Light } from './rules/forecast.ts'
export { gapTo, NO_END, type Scope, type Share, type Target, type Tier, targetFor } from './rules/target.ts'
export { targetOn } from './rules/target-on.ts'
export { seedCampaignRows, seedCampaigns, seededCampaignId, seedTargets } from './seed.ts'
export { type Campaign, campaignExists, type StoredTarget } from './store.ts'
export { gapText, percentText, rateName, valueText } from './words.ts'
