import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { LinkButton, page } from '../../../ui/index.ts'
import { factorTexts as texts } from '../factor-texts.ts'
import { ownFactors } from '../queries/factors.ts'
import { ADD, FACTORS } from './factors.tsx'
import { wantedPath, withReturn } from './ways.ts'

export const INVITATION = `${FACTORS}/moi`

/** An administrator who has a password only is asked at every sign-in, except in a demo and where the role is not to use one. */
export async function isInvited(c: Web, token: string): Promise<boolean> {
  const app = c.get('app')
  if (app.config.DEMO) return false
  const actor = (await app.sessions.find(app.province, token, app.clock()))?.actor
  if (actor?.kind !== 'officer' || !actor.grants.some(({ role }) => role === 'administrator')) return false
  const { factors, level } = await ownFactors(app, actor.officerId)
  return factors.length === 0 && level !== 'none'
}

/** After the sign-in of somebody whose account opens much and has a password only: an invitation, to be put off. */
export function invitationPage(c: Web): Response | Promise<Response> {
  const locale = c.get('locale')
  const wanted = wantedPath(c)
  return page(
    c,
    { ...frame(c, 'office'), title: texts.invitedTitle },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        <h1 class="govuk-heading-l">{t(locale, texts.invitedTitle)}</h1>
        <p class="govuk-body">
          {t(locale, texts.accountText)} {t(locale, texts.invitedText)}
        </p>
        <div class="govuk-button-group">
          <LinkButton href={withReturn(ADD, wanted)}>{t(locale, texts.addTotp)}</LinkButton>
          <LinkButton href={`${ADD}?cach=khoa${wanted ? `&ve=${encodeURIComponent(wanted)}` : ''}`} look="secondary">
            {t(locale, texts.addPasskey)}
          </LinkButton>
          <a class="govuk-link" href={wanted || '/tai-khoan'}>
            {t(locale, texts.later)}
          </a>
        </div>
      </div>
    </div>,
  )
}
