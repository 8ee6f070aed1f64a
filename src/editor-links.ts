import { type CatalogueLinks, proceduresWithForm } from './modules/catalogue/index.ts'
import { openByFormVersion, openByProcedureVersion } from './modules/dossier/index.ts'
import { type FormLinks, listFormVersions } from './modules/form/index.ts'
import { procedureView } from './modules/portal/index.ts'

/** What the editor of forms learns from rooms beside and above its own. */
export const formLinks: FormLinks = { openDossiersOn: openByFormVersion, proceduresWith: proceduresWithForm }

/** What the editor of procedures learns from rooms beside and above its own. */
export const catalogueLinks: CatalogueLinks = {
  async forms(tx) {
    const titles = new Map((await listFormVersions(tx)).toReversed().map(({ code, title }) => [code, title]))
    return [...titles].map(([code, title]) => ({ code, title })).sort((a, b) => a.title.localeCompare(b.title, 'vi'))
  },
  openDossiersOn: openByProcedureVersion,
  publicView: procedureView,
}
