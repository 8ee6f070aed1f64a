import { connectIdentity } from './adapters/identity/index.ts'
import { demoRoom } from './demo/room.tsx'
import { catalogueLinks, formLinks } from './editor-links.ts'
import type { Room } from './kernel/app.ts'
import { mailParts } from './mail-parts.ts'
import { measureSources } from './measure-sources.ts'
import { adminRoom } from './modules/admin/index.ts'
import { room as boardRoom } from './modules/board/index.ts'
import { calendarRoom } from './modules/calendar/index.ts'
import { campaignRoom } from './modules/campaign/index.ts'
import { catalogueRoom } from './modules/catalogue/index.ts'
import { dossierRoom } from './modules/dossier/index.ts'
import { feedbackRoom } from './modules/feedback/index.ts'
import { formRoom } from './modules/form/index.ts'
import { identityRoom } from './modules/identity/index.ts'
import { indicatorRoom } from './modules/indicator/index.ts'
import { notificationRoom } from './modules/notification/index.ts'
import { room as officeRoom } from './modules/office/index.ts'
import { organisationRoom } from './modules/organisation/index.ts'
import { portalRoom } from './modules/portal/index.ts'
import { printingRoom } from './modules/printing/index.ts'
import { queueRoom } from './modules/queue/index.ts'
import { reportingRoom } from './modules/reporting/index.ts'
import { schemeRoom } from './modules/scheme/index.ts'
import { readAims } from './report-aims.ts'
import { readGaps } from './report-gaps.ts'

/** Every room of the house, floor by floor. */
export const rooms: readonly Room[] = [
  organisationRoom,
  calendarRoom,
  indicatorRoom(measureSources),
  identityRoom(connectIdentity),
  catalogueRoom(catalogueLinks),
  formRoom(formLinks),
  notificationRoom(mailParts),
  printingRoom,
  dossierRoom,
  feedbackRoom,
  queueRoom,
  schemeRoom,
  reportingRoom(readAims, readGaps),
  campaignRoom,
  portalRoom,
  officeRoom,
  boardRoom,
  adminRoom,
  demoRoom,
]
