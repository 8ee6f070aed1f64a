import { type FeedbackSettings, feedbackSettings } from '../files.ts'
import * as store from '../store.ts'
import type { Asker, QueryHost } from './reader.ts'

export interface SettingsView extends FeedbackSettings {
  readonly local: Awaited<ReturnType<typeof store.localLimits>>
}

/** Criteria, classes and limits by date, and the province's own limits. */
export const settingsView = async (host: QueryHost, asker: Asker): Promise<SettingsView> => ({
  ...(await feedbackSettings()),
  local: await host.db.read(asker.province, store.localLimits),
})
