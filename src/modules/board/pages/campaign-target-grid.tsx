import type { FieldError } from '../../../kernel/errors.ts'
import type { Web } from '../../../kernel/http/context.ts'
import { type Locale, t } from '../../../kernel/i18n/index.ts'
import { Fieldset, Select, TextInput } from '../../../ui/index.ts'
import { aimKey, aimOf, type CampaignTarget, type Tier, type Wanted } from '../../campaign/index.ts'
import { ratesOn } from '../../indicator/index.ts'
import { directoryOf } from '../../organisation/index.ts'
import { allSchemes } from '../../scheme/index.ts'
import { boardRates } from '../rules/question.ts'
import { campaignTexts as texts } from './campaign-texts.ts'

const tiers = ['province', 'district', 'commune'] as const
const fieldOf = (aim: string, tier: Tier): string => `muc.${aim}.${tier}`
const ownField = (aim: string, unit: string): string => `rieng.${aim}.${unit}`

/** What the form shows: what can be aimed at, the tiers and the units of a day. */
export interface GridChoices {
  readonly aims: readonly { readonly key: string; readonly name: string; readonly score: boolean }[]
  readonly tiers: readonly Tier[]
  readonly units: readonly { readonly value: string; readonly label: string }[]
}

export async function gridChoices(c: Web, day: string): Promise<GridChoices> {
  const locale = c.get('locale')
  const directory = await directoryOf(c.get('app'), c.get('province'))
  const schemes = await c.get('app').db.read(c.get('province'), allSchemes)
  return {
    aims: [
      ...ratesOn(day)
        .filter(({ code }) => boardRates.some((one) => one === code))
        .map(({ code, name }) => ({ key: code, name: t(locale, name), score: false })),
      ...schemes.map(({ code, name }) => ({ key: aimKey({ kind: 'score', code }), name: t(locale, name), score: true })),
    ],
    tiers: tiers.filter((tier) => directory.list(day, { tier }).length > 0),
    units: directory.list(day).map(({ code, validFrom, shortName }) => ({ value: `${code}@${validFrom}`, label: shortName })),
  }
}

/** `62,5` as 0.625; nothing for an empty field; null for what is no percentage. */
export function readPercent(typed: string | undefined): number | null | undefined {
  const points = readPoints(typed)
  return typeof points === 'number' ? Number((points / 100).toFixed(6)) : points
}

/** `89,06` as 89.06, from 0 to 100; nothing for an empty field; null for what is no such number. */
function readPoints(typed: string | undefined): number | null | undefined {
  const text = (typed ?? '').trim().replace('%', '').replace(',', '.').trim()
  if (text === '') return undefined
  const value = /^\d{1,3}(\.\d{1,4})?$/.test(text) ? Number(text) : Number.NaN
  return value >= 0 && value <= 100 ? value : null
}

const readValue = (aim: string, typed: string | null) =>
  aimOf(aim).kind === 'score' ? readPoints(typed ?? undefined) : readPercent(typed ?? undefined)

const writeValue = (aim: string, value: number): string =>
  String(aimOf(aim).kind === 'score' ? value : Math.round(value * 1_000_000) / 10_000).replace('.', ',')

/** The targets a form names: of tiers, of units that have their own, and one that is added. */
export function readGrid(values: URLSearchParams): { targets: CampaignTarget[]; wrong: FieldError[] } {
  const targets: CampaignTarget[] = []
  const wrong: FieldError[] = []
  const take = (path: string, aim: string, whose: Pick<CampaignTarget, 'tier' | 'unit'>): void => {
    const value = readValue(aim, values.get(path))
    if (value === null) wrong.push({ path, message: texts.wrongPercent })
    else if (value !== undefined) targets.push({ aim, ...whose, value })
  }
  for (const path of new Set(values.keys())) {
    const [kind, aim = '', whose = ''] = path.split(/^(muc|rieng)\.([^.]+)\.(.+)$/).slice(1)
    const tier = tiers.find((one) => one === whose)
    if (kind === 'muc' && tier) take(path, aim, { tier })
    if (kind === 'rieng') take(path, aim, { unit: whose })
  }
  const unit = values.get('moi.unit') ?? ''
  const aim = values.get('moi.aim') ?? ''
  if (unit === '') return { targets, wrong }
  if (aim === '') wrong.push({ path: 'moi.aim', message: texts.chooseAim })
  else if ((values.get('moi.value') ?? '').trim() === '') wrong.push({ path: 'moi.value', message: texts.wrongPercent })
  else take('moi.value', aim, { unit })
  return { targets, wrong }
}

/** Targets that hold, as the form's fields. */
export function gridValues(targets: readonly Wanted[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const { aim, scope, value } of targets) {
    const key = aimKey(aim)
    if (scope.kind === 'tier') values[fieldOf(key, scope.tier)] = writeValue(key, value)
    if (scope.kind === 'unit') values[ownField(key, `${scope.code}@${scope.validFrom}`)] = writeValue(key, value)
  }
  return values
}

type Fields = Readonly<Record<string, string | undefined>>
type ErrorOf = (path: string) => string | undefined

const Level = (props: {
  name: string
  label: string
  score: boolean
  id?: string | undefined
  typed: Fields
  error: string | undefined
}) => (
  <TextInput
    name={props.name}
    id={props.id}
    label={props.label}
    inputmode="decimal"
    width={4}
    suffix={props.score ? 'điểm' : '%'}
    value={props.typed[props.name]}
    error={props.error}
  />
)

/** What each tier has to reach, aim by aim. */
export const TierGrid = ({ choices, typed, error, locale }: { choices: GridChoices; typed: Fields; error: ErrorOf; locale: Locale }) => (
  <>
    {choices.aims.map((aim, at) => (
      <Fieldset legend={t(locale, aim.score ? texts.pointsTarget : texts.targetsOf, { rate: aim.name })}>
        <div class="cs-campaign__tiers">
          {choices.tiers.map((tier, nth) => {
            const first = at === 0 && nth === 0
            const name = fieldOf(aim.key, tier)
            return (
              <Level
                name={name}
                id={first ? 'targets' : undefined}
                label={t(locale, texts[tier])}
                score={aim.score}
                typed={typed}
                error={error(name) ?? (first ? error('targets') : undefined)}
              />
            )
          })}
        </div>
      </Fieldset>
    ))}
  </>
)

/** Units with targets of their own, and one more. */
export const UnitGrid = ({ choices, typed, error, locale }: { choices: GridChoices; typed: Fields; error: ErrorOf; locale: Locale }) => {
  const own = Object.keys(typed).filter((name) => name.startsWith('rieng.'))
  const nameOf = (field: string): string => {
    const [, aim = '', unit = ''] = /^rieng\.([^.]+)\.(.+)$/.exec(field) ?? []
    const label = choices.units.find(({ value }) => value === unit)?.label ?? unit
    return `${label}: ${choices.aims.find(({ key }) => key === aim)?.name ?? aim}`
  }
  return (
    <>
      <h2 class="govuk-heading-m">{t(locale, texts.ownTargets)}</h2>
      <p class="govuk-body">{t(locale, texts.ownTargetsLead)}</p>
      {own.map((name) => (
        <Level name={name} label={nameOf(name)} score={name.startsWith('rieng.score:')} typed={typed} error={error(name)} />
      ))}
      <Fieldset legend={t(locale, texts.ownTargetAdd)}>
        <Select
          name="moi.unit"
          label={t(locale, texts.unit)}
          options={[...choices.units]}
          value={typed['moi.unit']}
          error={error('moi.unit')}
          optional
          locale={locale}
        />
        <Select
          name="moi.aim"
          label={t(locale, texts.aim)}
          options={choices.aims.map(({ key, name }) => ({ value: key, label: name }))}
          value={typed['moi.aim']}
          error={error('moi.aim')}
          optional
          locale={locale}
        />
        <TextInput
          name="moi.value"
          label={t(locale, texts.value)}
          hint={t(locale, texts.valueHint)}
          inputmode="decimal"
          width={5}
          value={typed['moi.value']}
          error={error('moi.value')}
          optional
          locale={locale}
        />
      </Fieldset>
    </>
  )
}
