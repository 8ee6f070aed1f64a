import type { Web } from '../../../kernel/http/context.ts'
import { t } from '../../../kernel/i18n/index.ts'
import { frame } from '../../../ui/frame.ts'
import { Button, page, Select, TextInput } from '../../../ui/index.ts'
import { stages, stageTexts } from '../../dossier/index.ts'
import { unitsWithin } from '../queries/units.ts'
import { listQuery, names, readListAddress } from '../rules/list-address.ts'
import { texts } from '../texts.ts'
import { listTexts } from '../work-list-texts.ts'

const DayField = ({ name, label, value }: { name: string; label: string; value: string | undefined }) => (
  <div class="govuk-form-group">
    <label class="govuk-label" for={name}>
      {label}
    </label>
    <input class="govuk-input govuk-input--width-10" id={name} name={name} type="date" value={value} />
  </div>
)

/** GET /mot-cua/loc: everything a list can be narrowed by, as one form that leads back to the list. */
export async function workListFilterPage(c: Web): Promise<Response> {
  const locale = c.get('locale')
  const filter = readListAddress(c.req.query())
  const any = t(locale, listTexts.anyOne)
  const units = await unitsWithin(c.get('app'), c.get('province'), c.get('actor'))
  const query = listQuery(filter)
  return page(
    c,
    {
      ...frame(c, 'office'),
      title: listTexts.filterTitle,
      back: { href: query ? `/mot-cua?${query}` : '/mot-cua', text: listTexts.back },
    },
    <form method="get" action="/mot-cua">
      <h1 class="govuk-heading-l">{t(locale, listTexts.filterTitle)}</h1>
      <input type="hidden" name={names.scope} value={filter.scope} />
      {filter.clock && <input type="hidden" name={names.clock} value={filter.clock} />}
      {filter.assignee && <input type="hidden" name={names.assignee} value={filter.assignee} />}
      <Select
        name={names.stage}
        label={t(locale, texts.stands)}
        locale={locale}
        empty={any}
        {...(filter.stage ? { value: filter.stage } : {})}
        options={stages.map((stage) => ({ value: stage, label: t(locale, stageTexts[stage]) }))}
      />
      <Select
        name={names.channel}
        label={t(locale, texts.channel)}
        locale={locale}
        empty={any}
        {...(filter.channel ? { value: filter.channel } : {})}
        options={(['online', 'counter', 'post'] as const).map((channel) => ({ value: channel, label: t(locale, texts[channel]) }))}
      />
      {units.length > 1 && (
        <Select
          name={names.agencyCode}
          label={t(locale, listTexts.agency)}
          locale={locale}
          empty={any}
          {...(filter.agencyCode ? { value: filter.agencyCode } : {})}
          options={units.map(({ code, name }) => ({ value: code, label: name }))}
        />
      )}
      <TextInput
        name={names.procedureCode}
        label={t(locale, listTexts.procedureCode)}
        hint={t(locale, listTexts.procedureHint)}
        value={filter.procedureCode}
        width={20}
        locale={locale}
      />
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t(locale, listTexts.receivedBetween)}</legend>
        <div class="cs-inline-form">
          <DayField name={names.receivedFrom} label={t(locale, listTexts.firstDay)} value={filter.receivedFrom} />
          <DayField name={names.receivedTo} label={t(locale, listTexts.lastDay)} value={filter.receivedTo} />
        </div>
      </fieldset>
      <fieldset class="govuk-fieldset">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{t(locale, listTexts.dueBetween)}</legend>
        <div class="cs-inline-form">
          <DayField name={names.dueFrom} label={t(locale, listTexts.firstDay)} value={filter.dueFrom} />
          <DayField name={names.dueTo} label={t(locale, listTexts.lastDay)} value={filter.dueTo} />
        </div>
      </fieldset>
      <Button>{t(locale, listTexts.show)}</Button>
    </form>,
  )
}
