import { type Locale, t } from '../../kernel/i18n/index.ts'
import { classes } from '../say.ts'
import { texts } from '../texts.ts'
import { Island } from './island.tsx'

interface SearchBoxProps {
  /** Page that answers; the words go there as `name` by GET. */
  readonly action: string
  readonly label: string
  readonly name?: string
  readonly value?: string
  readonly hint?: string
  /** Large, alone on a page. */
  readonly big?: boolean
  readonly labelHidden?: boolean
  /** The label is the page's one question and therefore its `<h1>`. */
  readonly heading?: boolean
  /** JSON endpoint for suggestions: GET `?q=` → `{ items: { text, href, detail? }[] }`. */
  readonly suggestions?: string
  /** Other parts of the address to keep, such as filters. */
  readonly keep?: Readonly<Record<string, string>>
  readonly button?: string
  readonly id?: string
  readonly locale?: Locale
}

/** A search that works by Enter without JavaScript, and answers as you type with it. */
export const SearchBox = (props: SearchBoxProps) => {
  const { id = 'search', locale = 'vi' } = props
  const label = (
    <label class={props.labelHidden ? 'govuk-visually-hidden' : 'govuk-label cs-search__label'} for={id}>
      {props.label}
    </label>
  )
  return (
    <search>
      <form class={classes('cs-search', props.big && 'cs-search--big')} method="get" action={props.action}>
        {Object.entries(props.keep ?? {}).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {props.heading ? <h1 class="govuk-label-wrapper">{label}</h1> : label}
        {props.hint && (
          <div class="govuk-hint" id={`${id}-hint`}>
            {props.hint}
          </div>
        )}
        <div class="cs-search__row">
          <input
            class="govuk-input cs-search__input"
            id={id}
            name={props.name ?? 'q'}
            type="search"
            value={props.value}
            autocomplete="off"
            autocapitalize="off"
            enterkeyhint="search"
            data-key="/"
            data-src={props.suggestions}
            aria-describedby={props.hint ? `${id}-hint` : undefined}
          />
          <button class="govuk-button cs-search__button" type="submit">
            {props.button ?? t(locale, texts.search)}
          </button>
        </div>
        {props.suggestions && <Island name="search" />}
      </form>
    </search>
  )
}
