import { proceduresWithForm } from './modules/catalogue/index.ts'
import { openByFormVersion } from './modules/dossier/index.ts'
import type { FormLinks } from './modules/form/index.ts'

/** What the editor of forms learns from rooms beside and above its own. */
export const formLinks: FormLinks = { openDossiersOn: openByFormVersion, proceduresWith: proceduresWithForm }
