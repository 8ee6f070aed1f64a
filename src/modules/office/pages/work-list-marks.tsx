import { Temporal } from 'temporal-polyfill'
import { type Locale, type Text, t } from '../../../kernel/i18n/index.ts'
import { ClockBar, formatInstant, Tag, type Tone } from '../../../ui/index.ts'
import { type Stage, stageTexts } from '../../dossier/index.ts'
import { clockWords } from '../rules/clock-words.ts'
import { texts } from '../texts.ts'

export const stageTones: Readonly<Record<Stage, Tone>> = {
  submitted: 'accent',
  received: 'info',
  processing: 'info',
  signing: 'info',
  supplement: 'waiting',
  payment: 'waiting',
  withdrawn: 'waiting',
  ready: 'good',
  closed: 'neutral',
}

export const StageTag = ({ stage, locale }: { stage: Stage; locale: Locale }) => (
  <Tag tone={stageTones[stage]}>{t(locale, stageTexts[stage])}</Tag>
)

export const channelText = (row: { channel: 'online' | 'counter' | 'post'; assisted: boolean }): Text =>
  row.assisted ? texts.assisted : texts[row.channel]

export const RowClock = ({ row, now, locale }: { row: Parameters<typeof clockWords>[0]; now: number; locale: Locale }) => {
  const { state, used, text } = clockWords(row, now)
  return (
    <ClockBar
      state={state}
      used={used}
      text={t(locale, text)}
      {...(row.dueAt && state !== 'done' ? { due: formatInstant(Temporal.Instant.from(row.dueAt)) } : {})}
    />
  )
}
