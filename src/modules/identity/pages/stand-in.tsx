import { Refused } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { readForm } from '../../../kernel/http/form.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, ButtonGroup, ErrorSummary, Form, page, Table, TextInput, WarningText } from '../../../ui/index.ts'
import { demoCitizens } from '../demo.ts'
import { refusals } from '../errors.ts'
import type { DemoCitizen, StandIn } from '../port.ts'
import { texts } from '../texts.ts'
import { originOf } from './ways.ts'

/** A browser's request to the stand-in's own protocol pages. What it answers with an error becomes a page of ours. */
export const forwardPage = (standIn: StandIn) => async (c: Web) => {
  const response = await standIn.forward(c.req.raw, originOf(c))
  if (response.status >= 400) throw new Refused(refusals.signInExpired)
  return response
}

const People = ({ c, citizens, password }: { c: Web; citizens: readonly DemoCitizen[]; password: string }) => {
  const locale = c.get('locale')
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.standInPeople)}</h2>
      <p class="govuk-body">{t(locale, texts.demoPassword, { password })}</p>
      <Table
        caption={t(locale, texts.standInPeople)}
        captionHidden
        locale={locale}
        rows={citizens}
        columns={[
          {
            key: 'number',
            label: t(locale, texts.personalNumber),
            header: true,
            nowrap: true,
            cell: (citizen) => (
              <a class="govuk-link cs-tabular" href={`?so=${citizen.personalNumber}`}>
                {citizen.personalNumber}
              </a>
            ),
          },
          { key: 'name', label: t(locale, texts.person), cell: (citizen) => <span lang="vi">{citizen.name}</span> },
          { key: 'about', label: t(locale, texts.does), cell: (citizen) => <span lang="vi">{citizen.about}</span> },
        ]}
      />
    </>
  )
}

function showPage(c: Web, standIn: StandIn, state: { number: string; wrong: boolean }): Response | Promise<Response> {
  const locale = c.get('locale')
  if (state.wrong) c.status(401)
  return page(
    c,
    { ...frame(c, 'portal'), nav: [], title: texts.standInTitle, hasErrors: state.wrong },
    <div class="govuk-grid-row">
      <div class="govuk-grid-column-two-thirds">
        {state.wrong && <ErrorSummary errors={[{ path: 'number', message: texts.standInWrong }]} locale={locale} />}
        <h1 class="govuk-heading-l">{t(locale, texts.standInTitle)}</h1>
        <WarningText locale={locale}>{t(locale, texts.simulated)}</WarningText>
        <p class="govuk-body">{t(locale, texts.standInShares)}</p>
        <Form csrfToken={c.get('csrf')}>
          <TextInput
            name="number"
            label={t(locale, texts.personalNumber)}
            inputmode="numeric"
            autocomplete="off"
            width={20}
            value={state.number}
            error={state.wrong ? t(locale, texts.standInWrong) : undefined}
          />
          <TextInput name="password" label={t(locale, texts.password)} type="password" autocomplete="off" width={20} />
          <ButtonGroup>
            <Button>{t(locale, texts.signIn)}</Button>
            <Button look="secondary" name="giveUp" value="1">
              {t(locale, texts.giveUp)}
            </Button>
          </ButtonGroup>
        </Form>
        <People c={c} citizens={standIn.citizens} password={demoCitizens().password} />
      </div>
    </div>,
  )
}

const uidOf = (c: Web): string => c.req.param('uid') ?? ''

export const interactionForm = (standIn: StandIn) => async (c: Web) => {
  if (!(await standIn.waits(uidOf(c)))) throw new Refused(refusals.signInExpired)
  return showPage(c, standIn, { number: c.req.query('so') ?? '', wrong: false })
}

export const interactionSend = (standIn: StandIn) => async (c: Web) => {
  const { values } = await readForm(c)
  const uid = uidOf(c)
  if (!(await standIn.waits(uid))) throw new Refused(refusals.signInExpired)
  const number = (values.get('number') ?? '').replaceAll(/\s/g, '')
  const next = values.has('giveUp') ? await standIn.giveUp(uid) : await standIn.settle(uid, number, values.get('password') ?? '')
  return next === null ? showPage(c, standIn, { number, wrong: true }) : c.redirect(next, 303)
}
