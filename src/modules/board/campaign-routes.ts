import type { App, NavLink } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { campaignBoard, campaignUnit, publish } from './pages/campaign-board.tsx'
import {
  changeAbout,
  changeAboutPage,
  changeTargetsNow,
  changeTargetsPage,
  endCampaignNow,
  endCampaignPage,
} from './pages/campaign-change.tsx'
import { contentPage } from './pages/campaign-content.tsx'
import { emulationPage, letterFile, remindNow, remindPage } from './pages/campaign-emulation.tsx'
import { campaignStream } from './pages/campaign-live.tsx'
import { campaignsPage, createOne, newCampaignPage } from './pages/campaign-pages.tsx'
import { CAMPAIGNS } from './pages/campaign-parts.tsx'
import { targetPage } from './pages/campaign-target-page.tsx'
import { TARGETS } from './pages/campaign-target-words.ts'
import { endOne, endPage, setTarget, targetsPage } from './pages/campaign-targets.tsx'
import { changeTaskNow, changeTaskPage, evidenceFile, finishOne, finishPage, giveTask, tasksPage } from './pages/campaign-tasks.tsx'
import { campaignTexts } from './pages/campaign-texts.ts'
import { unitsNow, unitsPage } from './pages/campaign-units.tsx'

const see = { action: 'campaign.see' }
const lead = { action: 'campaign.lead', at: 'root' } as const
const set = { action: 'campaign.targets', at: 'root' } as const
const remind = { action: 'campaign.remind', at: 'root' } as const
const letters = { action: 'campaign.letters', at: 'root' } as const
const finish = { action: 'campaign.finish-task' }

export const campaignNavigation: readonly NavLink[] = [
  { door: 'board', href: CAMPAIGNS, text: campaignTexts.title, entry: see },
  { door: 'board', href: TARGETS, text: campaignTexts.targets, entry: see },
]

/** Targets and campaigns on the leaders' door. */
export const campaignRoutes = (app: App): Routes =>
  new Routes()
    .get(TARGETS, see, targetsPage)
    .post(TARGETS, set, setTarget)
    .get(`${TARGETS}/:id`, see, targetPage)
    .get(`${TARGETS}/:id/ket-thuc`, set, endPage)
    .post(`${TARGETS}/:id/ket-thuc`, set, endOne)
    .get(CAMPAIGNS, see, campaignsPage)
    .get(`${CAMPAIGNS}/moi`, lead, newCampaignPage)
    .post(`${CAMPAIGNS}/moi`, lead, createOne)
    .get(`${CAMPAIGNS}/:id`, see, campaignBoard)
    .post(`${CAMPAIGNS}/:id/cong-bo`, lead, publish)
    .get(`${CAMPAIGNS}/:id/noi-dung`, see, contentPage)
    .get(`${CAMPAIGNS}/:id/sua`, lead, changeAboutPage)
    .post(`${CAMPAIGNS}/:id/sua`, lead, changeAbout)
    .get(`${CAMPAIGNS}/:id/muc-tieu`, lead, changeTargetsPage)
    .post(`${CAMPAIGNS}/:id/muc-tieu`, lead, changeTargetsNow)
    .get(`${CAMPAIGNS}/:id/don-vi`, lead, unitsPage)
    .post(`${CAMPAIGNS}/:id/don-vi`, lead, unitsNow)
    .get(`${CAMPAIGNS}/:id/ket-thuc`, lead, endCampaignPage)
    .post(`${CAMPAIGNS}/:id/ket-thuc`, lead, endCampaignNow)
    .get(`${CAMPAIGNS}/:id/luong`, see, campaignStream(app))
    .get(`${CAMPAIGNS}/:id/don-vi/:code`, see, campaignUnit)
    .get(`${CAMPAIGNS}/:id/viec`, see, tasksPage)
    .post(`${CAMPAIGNS}/:id/viec`, lead, giveTask)
    .get(`${CAMPAIGNS}/:id/viec/:task/sua`, lead, changeTaskPage)
    .post(`${CAMPAIGNS}/:id/viec/:task/sua`, lead, changeTaskNow)
    .get(`${CAMPAIGNS}/:id/viec/:task`, finish, finishPage)
    .post(`${CAMPAIGNS}/:id/viec/:task`, finish, finishOne)
    .get(`${CAMPAIGNS}/:id/viec/:task/minh-chung`, see, evidenceFile)
    .get(`${CAMPAIGNS}/:id/thi-dua`, see, emulationPage)
    .get(`${CAMPAIGNS}/:id/thu/:file`, letters, letterFile)
    .get(`${CAMPAIGNS}/:id/nhac`, remind, remindPage)
    .post(`${CAMPAIGNS}/:id/nhac`, remind, remindNow)
