import type { Refusal } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Text, t } from '../../../kernel/i18n/index.ts'
import { InsetText } from '../../../ui/index.ts'
import { actsSince, type Campaign, type CampaignAct, CHANGED_MEANWHILE } from '../../campaign/index.ts'
import { mergeChoice, mergeFields } from '../rules/merge-fields.ts'
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

/** What others wrote since the page was shown, the newest first: about the campaign, or about one of its tasks. None when the form was refused for another reason. */
const actsMeanwhile = async (c: Web, { id }: Campaign, sent: Sent | undefined, task?: string): Promise<readonly CampaignAct[]> =>
  sent && isOvertaken(sent) ? must(await actsSince(c.get('app'), askerOf(c), { id, task, version: seenVersion(sent.values) })) : []

type Fields = Readonly<Record<string, string>>

/**
 * How the fields of a form stand: as stored; as sent when it was refused; and refused because others wrote meanwhile, as sent where the
 * sender had changed something and as stored elsewhere. `before` says what stood in a form's fields before an act.
 */
export async function fieldsOf(
  c: Web,
  campaign: Campaign,
  sent: Sent | undefined,
  stored: Fields,
  before: (act: CampaignAct) => Fields,
  task?: string,
): Promise<Record<string, string>> {
  if (!sent) return { ...stored }
  const typed = Object.fromEntries(sent.values)
  if (!isOvertaken(sent)) return typed
  // Of several acts the oldest knows what the page had shown.
  const shown: Fields = Object.assign({}, ...(await actsMeanwhile(c, campaign, sent, task)).map(before))
  return mergeFields(typed, shown, stored)
}

/** Which units take part, as a form says it. */
interface Choice {
  readonly who: 'all' | 'named'
  readonly chosen: ReadonlySet<string>
}

const whoOf = (units: ReadonlySet<string>): Choice['who'] => (units.size > 0 ? 'named' : 'all')

/** The same for the units that are chosen. */
export async function choiceOf(c: Web, campaign: Campaign, sent: Sent | undefined, picked: Choice): Promise<Choice> {
  if (!isOvertaken(sent)) return picked
  const stored = new Set(campaign.units)
  const shown = new Set(stored)
  for (const act of await actsMeanwhile(c, campaign, sent)) {
    if (act.kind !== 'units-changed') continue
    for (const unit of act.added) shown.delete(unit)
    for (const unit of act.removed) shown.add(unit)
  }
  const chosen = mergeChoice(picked.chosen, shown, stored)
  return { chosen, who: picked.who === whoOf(shown) ? whoOf(chosen) : picked.who }
}

interface Overtaken {
  readonly task?: string
  /** What to do now; usually to look over what was typed. */
  readonly next?: Text | undefined
}

/** What others wrote since the page was shown. Nothing when the form was refused for another reason. */
export async function meanwhile(c: Web, campaign: Campaign, sent: Sent | undefined, { task, next }: Overtaken = {}) {
  if (!isOvertaken(sent)) return null
  const locale = c.get('locale')
  const acts = await actsMeanwhile(c, campaign, sent, task)
  return (
    <InsetText>
      <h2 class="govuk-heading-m">{t(locale, texts.meanwhile)}</h2>
      <History acts={acts} names={await namesOf(c, campaign, acts)} />
      <p class="govuk-body">{t(locale, next ?? texts.meanwhileNext)}</p>
    </InsetText>
  )
}
