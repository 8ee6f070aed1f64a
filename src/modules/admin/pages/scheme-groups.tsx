import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { Fieldset, TextInput } from '../../../ui/index.ts'
import type { SchemeFields } from '../../scheme/index.ts'
import { schemeEditTexts as texts } from '../scheme-texts.ts'
import { ActionButton } from './scheme-action.tsx'

/** The groups of each grouping, in their order, with who is in them. */
export const Groups = ({
  fields,
  groupings,
  error,
  locale,
}: {
  fields: SchemeFields
  /** What the groupings are called. */
  groupings: readonly { readonly name: Text }[]
  error: (path: string) => string | undefined
  locale: Locale
}) => (
  <div id="groupings">
    <h2 class="govuk-heading-m">{t(locale, texts.groups)}</h2>
    <p class="govuk-body">{t(locale, texts.groupsLead)}</p>
    {groupings.map((grouping, g) => {
      const groups = fields.groupings[g] ?? []
      return (
        <div class="govuk-form-group" id={`groupings.${g}`}>
          <Fieldset legend={t(locale, grouping.name)} locale={locale}>
            {groups.map(({ key, name }, k) => {
              const at = `groupings.${g}.groups.${k}`
              const ids = fields.lines.filter((line) => line.on && line.groups[g] === key).map(({ id }) => id || t(locale, texts.fresh))
              const of = <span class="govuk-visually-hidden"> {name || t(locale, texts.unnamed)}</span>
              return (
                <div class="cs-scheme-group">
                  <input type="hidden" name={`${at}.key`} value={key} />
                  <TextInput
                    name={`${at}.name`}
                    label={t(locale, texts.groupName, { n: k + 1 })}
                    hint={ids.length > 0 ? t(locale, texts.groupHas, { ids: ids.join(', ') }) : t(locale, texts.groupEmpty)}
                    value={name}
                    error={error(`${at}.name`)}
                    locale={locale}
                  />
                  <p class="govuk-body cs-scheme-group__moves">
                    {k > 0 && (
                      <ActionButton fields={fields} link does={{ does: 'raise-group', grouping: g, group: k }}>
                        {t(locale, texts.up)}
                        {of}
                      </ActionButton>
                    )}
                    {k < groups.length - 1 && (
                      <ActionButton fields={fields} link does={{ does: 'lower-group', grouping: g, group: k }}>
                        {t(locale, texts.down)}
                        {of}
                      </ActionButton>
                    )}
                    {groups.length > 1 && (
                      <ActionButton fields={fields} link does={{ does: 'remove-group', grouping: g, group: k }}>
                        {t(locale, texts.remove)}
                        {of}
                      </ActionButton>
                    )}
                  </p>
                </div>
              )
            })}
            <ActionButton fields={fields} does={{ does: 'add-group', grouping: g }}>
              {t(locale, texts.addGroup)}
              <span class="govuk-visually-hidden">: {t(locale, grouping.name)}</span>
            </ActionButton>
          </Fieldset>
        </div>
      )
    })}
  </div>
)
