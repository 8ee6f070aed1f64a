import type { Clock } from '../kernel/clock.ts'
import type { CommandHost } from '../kernel/command.ts'
import type { Database, Province } from '../kernel/database/index.ts'
import type { Files } from '../kernel/files/index.ts'
import type { Text } from '../kernel/i18n/index.ts'
import { loadCatalogue } from '../modules/catalogue/index.ts'
import { loadForms } from '../modules/form/index.ts'
import { seedDemo } from '../modules/identity/index.ts'
import { loadOrganisationData, refreshDirectory } from '../modules/organisation/index.ts'
import { seedAnomalies } from './anomalies.ts'
import { isCampaignSeeded, seedDemoCampaign } from './campaign.ts'
import { seedCitizenSide } from './citizen-side.ts'
import { seedEditing } from './editing.ts'
import { isFeedbackSeeded, seedFeedback } from './feedback.ts'
import { isYearLoaded, loadYear } from './load-year.ts'
import { isPresentSeeded, seedPresent } from './present.ts'
import { seedQueue } from './queue.ts'
import { seedReports } from './reports.ts'
import { seedRouting } from './routing.ts'

export interface DemoHost extends CommandHost {
  readonly db: Database
  readonly clock: Clock
  readonly files: Files
}

/** Hears how far a step is: `done` of `total` units of work. */
export type Report = (done: number, total: number) => void

/** One part of the demo province. Every part may run again: what is there already is left alone. */
export interface DemoStep {
  readonly name: Text
  run(host: DemoHost, province: Province, report: Report): Promise<void>
}

/** The demo province, part by part, each standing on those before. */
export const demoSteps: readonly DemoStep[] = [
  {
    name: { vi: 'Cơ quan, đơn vị', en: 'Agencies' },
    run: async (host, province) => {
      await loadOrganisationData(host, province)
      await refreshDirectory(host.db, province)
    },
  },
  { name: { vi: 'Thủ tục', en: 'Procedures' }, run: async (host, province) => void (await loadCatalogue(host, province)) },
  { name: { vi: 'Biểu mẫu điện tử', en: 'E-forms' }, run: async (host, province) => void (await loadForms(host, province)) },
  {
    name: { vi: 'Cán bộ và người dân', en: 'Officers and citizens' },
    run: async (host, province) => void (await seedDemo(host, province)),
  },
  {
    name: { vi: 'Biểu mẫu đang soạn (mô phỏng)', en: 'A form being written (simulated)' },
    run: async (host, province) => void (await seedEditing(host, province)),
  },
  { name: { vi: 'Hồ sơ năm 2022 (mô phỏng)', en: 'Dossiers of 2022 (simulated)' }, run: loadYear },
  {
    name: { vi: 'Hồ sơ đang giải quyết (mô phỏng)', en: 'Dossiers in progress (simulated)' },
    run: async (host, province) => void (await seedPresent(host, province)),
  },
  {
    name: { vi: 'Số liệu cần xem lại (mô phỏng)', en: 'Figures worth a second look (simulated)' },
    run: async (host, province) => void (await seedAnomalies(host, province)),
  },
  {
    name: { vi: 'Xin ý kiến và hồ sơ liên thông (mô phỏng)', en: 'Opinions and linked dossiers (simulated)' },
    run: async (host, province) => void (await seedRouting(host, province)),
  },
  {
    name: { vi: 'Phản ánh và đánh giá (mô phỏng)', en: 'Petitions and ratings (simulated)' },
    run: async (host, province) => void (await seedFeedback(host, province)),
  },
  { name: { vi: 'Chỉ tiêu và chiến dịch (mô phỏng)', en: 'Targets and campaigns (simulated)' }, run: seedDemoCampaign },
  {
    name: { vi: 'Hàng chờ ở quầy (mô phỏng)', en: 'A line at a counter (simulated)' },
    run: async (host, province) => void (await seedQueue(host, province)),
  },
  {
    name: { vi: 'Tin nhắn, bản nháp nhờ xem, nộp thay (mô phỏng)', en: 'Messages, drafts to look at, filing for others (simulated)' },
    run: async (host, province) => void (await seedCitizenSide(host, province)),
  },
  {
    name: { vi: 'Báo cáo tuần (mô phỏng)', en: 'Weekly reports (simulated)' },
    run: async (host, province) => void (await seedReports(host, province)),
  },
]

/** Loads the demo province, or what of it is missing. `onStep` makes the reporter of each step. */
export async function loadDemo(host: DemoHost, province: Province, onStep: (name: Text) => Report): Promise<void> {
  for (const step of demoSteps) await step.run(host, province, onStep(step.name))
}

/** Whether the whole demo is there: its last parts say so themselves. */
export const isDemoLoaded = async (db: Database, province: Province): Promise<boolean> =>
  (await isYearLoaded(db, province)) &&
  (await isPresentSeeded(db, province)) &&
  (await isFeedbackSeeded(db, province)) &&
  (await isCampaignSeeded(db, province))
