import type { Tx } from '../../../kernel/database/index.ts'
import type { Locale } from '../../../kernel/i18n/index.ts'
import type { OfficerView } from '../../dossier/index.ts'
import { type Answers, findForm, type SummarySection, summary } from '../../form/index.ts'

export type AnswerSection = SummarySection

/** What the applicant answered, under the questions of the very form version they were asked with. Empty when there was no form. */
export async function answerSections(
  tx: Tx,
  view: Pick<OfficerView, 'formCode' | 'formVersion' | 'answers'>,
  locale: Locale,
): Promise<AnswerSection[]> {
  if (view.formCode === null || view.formVersion === null) return []
  const form = await findForm(tx, view.formCode, view.formVersion)
  return form ? summary(form, view.answers as Answers, locale) : []
}
