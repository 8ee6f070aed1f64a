import type { Room } from '../../kernel/app.ts'
import { Routes } from '../../kernel/http/routes.ts'
import { changeDraft, discardDraftNow, discardDraftPage, draftPage } from './pages/editor/draft-page.tsx'
import { beginEdit, comparePage, exportForm, formPage } from './pages/editor/form-page.tsx'
import { createForm, formsPage, newFormPage } from './pages/editor/list-page.tsx'
import { publishNow, publishPage } from './pages/editor/publish-page.tsx'
import { questionPage, saveQuestion } from './pages/editor/question-page.tsx'
import { saveSettings, settingsPage } from './pages/editor/settings-page.tsx'
import { editStepPage, saveStepSettings } from './pages/editor/step-page.tsx'
import { texts } from './pages/editor/texts.ts'
import { trialPage, walkTrial } from './pages/editor/trial-page.tsx'
import { FORMS } from './pages/editor/ways.ts'
import { permissions } from './permissions.ts'
import type { FormLinks } from './queries/edited-forms.ts'

const view = { action: 'form.view' } as const
const publish = { action: 'form.publish', at: 'root' } as const
const draft = `${FORMS}/:code/sua`

const routes = (links: FormLinks): Routes =>
  new Routes()
    .get(FORMS, view, formsPage)
    .get(`${FORMS}/moi`, publish, newFormPage)
    .post(`${FORMS}/moi`, publish, createForm)
    .get(`${FORMS}/:code`, view, formPage(links))
    .get(`${FORMS}/:code/so-sanh`, view, comparePage)
    .get(`${FORMS}/:code/xuat`, view, exportForm)
    .post(`${draft}/bat-dau`, publish, beginEdit)
    .get(draft, publish, draftPage)
    .post(draft, publish, changeDraft)
    .get(`${draft}/chung`, publish, settingsPage)
    .post(`${draft}/chung`, publish, saveSettings)
    .get(`${draft}/buoc/:page`, publish, editStepPage)
    .post(`${draft}/buoc/:page`, publish, saveStepSettings)
    .get(`${draft}/cau/:path`, publish, questionPage(links))
    .post(`${draft}/cau/:path`, publish, saveQuestion(links))
    .get(`${draft}/thu`, publish, trialPage)
    .post(`${draft}/thu`, publish, walkTrial)
    .get(`${draft}/ban-hanh`, publish, publishPage(links))
    .post(`${draft}/ban-hanh`, publish, publishNow(links), { confirm: true })
    .get(`${draft}/bo`, publish, discardDraftPage)
    .post(`${draft}/bo`, publish, discardDraftNow)

/** What e-forms bring to the house: rights, and their editor. What citizens fill in is rendered by the doors. */
export const formRoom = (links: FormLinks): Room => ({
  name: 'form',
  permissions,
  navigation: [{ door: 'admin', href: FORMS, text: texts.title, entry: view }],
  pages: () => [routes(links)],
})
