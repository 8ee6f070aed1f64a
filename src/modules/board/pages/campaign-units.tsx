import { randomUUID } from 'node:crypto'
import { dayOf } from '../../../kernel/clock.ts'
import { refusals, withFields } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { formObject, parse, readForm } from '../../../kernel/http/form.ts'
import { runFor } from '../../../kernel/http/run-for.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { fold } from '../../../kernel/text.ts'
import { Button, Checkboxes, errorsBy, Form, Radios, TextInput } from '../../../ui/index.ts'
import { type Campaign, campaignById, changeCampaignUnits, changeUnitsInput } from '../../campaign/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { askerOf, must } from './campaign-asked.ts'
import { changingPage, contentHref, Reason } from './campaign-change.tsx'
import { choiceOf, isOvertaken, type Sent, seenVersion } from './campaign-meanwhile.tsx'
import { campaignTexts as texts } from './campaign-texts.ts'

interface Unit {
  readonly key: string
  readonly name: string
  readonly tier: 'province' | 'district' | 'commune'
}

/** The units that may take part: those of today's (or the campaign's nearest) day, and those that were chosen and are gone. */
async function unitsFor(c: Web, campaign: Campaign): Promise<Unit[]> {
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const today = dayOf(c.get('app').clock())
  const day = today < campaign.begins ? campaign.begins : today > campaign.ends ? campaign.ends : today
  const offered = directory
    .list(day)
    .filter(({ kind, parentCode }) => parentCode !== null && (kind === 'people_committee' || kind === 'department'))
  const chosen = new Set(campaign.units)
  const keyOf = ({ code, validFrom }: { code: string; validFrom: string }): string => `${code}@${validFrom}`
  const gone = directory.agencies.filter((one) => chosen.has(keyOf(one)) && !offered.some((other) => keyOf(other) === keyOf(one)))
  return [...offered, ...gone].map((one) => ({
    key: keyOf(one),
    // "Ủy ban nhân dân" before a hundred names only hides them.
    name: one.kind === 'people_committee' ? one.shortName : one.name,
    tier: one.tier,
  }))
}

/** Every word that was typed begins a word of the name; accents and capitals do not matter. */
function matches(name: string, typed: string): boolean {
  const words = fold(name).split(' ')
  return fold(typed)
    .split(' ')
    .every((part) => words.some((word) => word.startsWith(part)))
}

/** How the form stands while somebody searches and ticks: nothing is saved before they say so. */
interface Picking {
  readonly who: 'all' | 'named'
  readonly chosen: ReadonlySet<string>
  readonly typed: string
  readonly reason: string
  /** The version of the campaign that was seen first, however often units were searched since. */
  readonly version: number
}

async function pickPage(c: Web, picking: Picking, sent?: Sent): Promise<Response> {
  const locale = c.get('locale')
  const { campaign } = must(await campaignById(c.get('app'), askerOf(c), c.req.param('id') ?? ''))
  const units = await unitsFor(c, campaign)
  const error = errorsBy(locale, sent?.refusal.fields)
  const { typed, reason } = picking
  const { who, chosen } = await choiceOf(c, campaign, sent, picking)
  const found = units.filter(({ key, name }) => !chosen.has(key) && matches(name, typed))
  const picked = units.filter(({ key }) => chosen.has(key))
  const boxes = (name: string, label: string, list: readonly Unit[], id: string) =>
    list.length > 0 && (
      <div class="cs-campaign__pick">
        <Checkboxes
          name="units"
          id={id}
          label={label}
          small
          locale={locale}
          values={[...chosen]}
          error={name === 'units' ? error('units') : undefined}
          options={list.map((unit) => ({ value: unit.key, label: unit.name }))}
        />
      </div>
    )
  return changingPage(
    c,
    campaign,
    texts.changeUnits,
    sent,
    <Form csrfToken={c.get('csrf')} requestId={randomUUID()}>
      <input type="hidden" name="version" value={String(isOvertaken(sent) ? campaign.version : picking.version)} />
      <Radios
        name="who"
        label={t(locale, texts.whoTakesPart)}
        value={who}
        locale={locale}
        options={[
          { value: 'all', label: t(locale, texts.everyUnitOfTier) },
          { value: 'named', label: t(locale, texts.namedUnits) },
        ]}
      />
      <div class="cs-campaign__search">
        <TextInput
          name="typed"
          label={t(locale, texts.searchUnit)}
          hint={t(locale, texts.searchUnitHint)}
          value={typed}
          optional
          locale={locale}
        />
        <Button look="secondary" name="act" value="search">
          {t(locale, texts.search)}
        </Button>
        {typed !== '' && found.length > 0 && (
          <Button look="secondary" name="act" value="add">
            {t(locale, texts.addFound, { count: found.length })}
          </Button>
        )}
      </div>
      {boxes('units', t(locale, texts.chosenUnits, { count: picked.length }), picked, 'units')}
      {picked.length === 0 && (
        <p class="govuk-body" id="units">
          {t(locale, texts.chosenNone)}
        </p>
      )}
      {typed !== '' && found.length === 0 && <p class="govuk-body">{t(locale, texts.foundNone, { typed })}</p>}
      {(['province', 'district', 'commune'] as const).map((tier) => {
        const list = found.filter((unit) => unit.tier === tier)
        return boxes('found', `${t(locale, texts[tier])} (${list.length})`, list, `found-${tier}`)
      })}
      <Reason campaign={campaign} error={error('reason')} value={reason} locale={locale} />
      <Button name="act" value="save">
        {t(locale, texts.save)}
      </Button>
    </Form>,
  )
}

/** GET /dieu-hanh/chien-dich/:id/don-vi: which units take part. */
export async function unitsPage(c: Web): Promise<Response> {
  const { campaign } = must(await campaignById(c.get('app'), askerOf(c), c.req.param('id') ?? ''))
  const chosen = new Set(campaign.units)
  return pickPage(c, { who: chosen.size > 0 ? 'named' : 'all', chosen, typed: '', reason: '', version: campaign.version })
}

/** POST /dieu-hanh/chien-dich/:id/don-vi: searches, adds what was found, or saves. */
export async function unitsNow(c: Web): Promise<Response> {
  const form = await readForm(c)
  const campaignId = c.req.param('id') ?? ''
  const { units = [], ...values } = formObject(form.values, ['units'])
  const typed = String(values.typed ?? '')
  const picking: Picking = {
    who: values.who === 'named' ? 'named' : 'all',
    chosen: new Set([units].flat()),
    typed,
    reason: String(values.reason ?? ''),
    version: seenVersion(form.values),
  }
  if (values.act !== 'save') {
    const { campaign } = must(await campaignById(c.get('app'), askerOf(c), campaignId))
    const more = values.act === 'add' ? (await unitsFor(c, campaign)).filter(({ name }) => matches(name, typed)).map(({ key }) => key) : []
    return pickPage(c, {
      ...picking,
      who: 'named',
      chosen: new Set([...picking.chosen, ...more]),
      typed: values.act === 'add' ? '' : typed,
    })
  }
  const named = picking.who === 'named' ? [...picking.chosen] : []
  const parsed = parse(changeUnitsInput, { units: named, reason: values.reason })
  const refused = (refusal: Sent['refusal']) => pickPage(c, picking, { values: form.values, refusal })
  if (!parsed.ok) return refused(parsed.error)
  if (picking.who === 'named' && named.length === 0)
    return refused(withFields(refusals.invalid, [{ path: 'units', message: texts.chooseUnits }]))
  const done = await runFor(c, form.values, 'campaign.change-units', (cx) =>
    changeCampaignUnits(cx, { campaignId, version: picking.version, ...parsed.value }),
  )
  return done.ok ? c.redirect(`${contentHref(campaignId)}?xong=1`, 303) : refused(done.error)
}
