import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { keyText } from '../rules/agency.ts'
import type { Organisation, OrganisationChange } from '../rules/change.ts'
import { loadOrganisation } from '../store.ts'

/** What a change would do, in the words of a page. Nothing is written. */
export interface ChangePreview {
  readonly ends: readonly { code: string; name: string; lastDay: Day }[]
  readonly begins: readonly { code: string; name: string; day: Day }[]
  readonly links: readonly { from: string; to: string; share: 'whole' | 'part' }[]
  readonly hamletsMoving: number
  readonly hamletsEnding: number
}

export async function previewChange(
  tx: Tx,
  decide: (organisation: Organisation) => Result<OrganisationChange>,
): Promise<Result<ChangePreview>> {
  const organisation = await loadOrganisation(tx)
  const decision = decide(organisation)
  if (!decision.ok) return decision
  const change = decision.value
  const names = new Map([...organisation.agencies, ...change.put].map((agency) => [keyText(agency), agency.shortName]))
  const name = (key: { code: string; validFrom: Day }): string => names.get(keyText(key)) ?? key.code
  return ok({
    ends: change.close.map((item) => ({ code: item.code, name: name(item), lastDay: item.validTo })),
    begins: change.put.map((item) => ({ code: item.code, name: item.shortName, day: item.validFrom })),
    links: change.lineage.map((link) => ({ from: name(link.from), to: name(link.to), share: link.share })),
    hamletsMoving: change.putHamlets.length,
    hamletsEnding: change.closeHamlets.length - change.putHamlets.length,
  })
}
