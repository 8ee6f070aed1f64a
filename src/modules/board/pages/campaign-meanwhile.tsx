import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { InsetText } from '../../../ui/index.ts'
import { actsSince, type Campaign, CHANGED_MEANWHILE } from '../../campaign/index.ts'
import { askerOf, must } from './campaign-asked.ts'
import { History, namesOf } from './campaign-content.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

/** A form as it was sent, and why it was refused. */
export interface Sent {
  readonly values: URLSearchParams
  readonly refusal: Refusal
}

/** The version that a form was shown with; 0 when it bears none: then it has seen nothing. */
export function seenVersion(values: URLSearchParams): number {
  const version = Number(values.get('version'))
  return Number.isInteger(version) && version > 0 ? version : 0
}

export const isOvertaken = (sent: Sent | undefined): boolean => sent?.refusal.code === CHANGED_MEANWHILE

/**
 * The version goes with the form. Refused for another reason it stays what was seen first; only who was shown what was written meanwhile has
 * seen the present one.
 */
export const SeenField = ({ version, sent }: { version: number; sent: Sent | undefined }) => (
  <input type="hidden" name="version" value={String(sent && !isOvertaken(sent) ? seenVersion(sent.values) : version)} />
)

/** What others wrote since the page was shown: about the campaign, or about one of its tasks. Nothing when the form was refused for another reason. */
export async function meanwhile(c: Web, campaign: Campaign, sent: Sent | undefined, task?: string) {
  if (!sent || !isOvertaken(sent)) return null
  const locale = c.get('locale')
  const acts = must(await actsSince(c.get('app'), askerOf(c), { id: campaign.id, task, version: seenVersion(sent.values) }))
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t(locale, texts.meanwhile)}</h2>
      <History acts={acts} names={await namesOf(c, campaign)} />
      <p class="govuk-body">{t(locale, texts.meanwhileNext)}</p>
    </InsetText>
  )
}
