import type { Child } from 'hono/jsx'

/** How a dossier stands against its due time. */
export type ClockState = 'on-time' | 'soon' | 'overdue' | 'paused' | 'done'

interface ClockBarProps {
  readonly state: ClockState
  /** Share of the time limit used up, 0 to 1; more than 1 is overdue and shown full. */
  readonly used: number
  /** Says it in words: `còn 2 ngày làm việc`, `quá hạn 3 ngày`. */
  readonly text: Child
  /** The due time: `17:00 27/11/2026`. */
  readonly due?: Child
}

/** Time used up, in words and as a bar. */
export const ClockBar = ({ state, used, text, due }: ClockBarProps) => {
  const width = Math.round(Math.min(1, Math.max(0, used)) * 1000) / 10
  return (
    <span class={`cs-clock cs-clock--${state}`}>
      <span class="cs-clock__text">{text}</span>
      <svg class="cs-clock__bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect class="cs-clock__track" width="100" height="6" />
        <rect class="cs-clock__used" width={width} height="6" />
      </svg>
      {due && <span class="cs-clock__due">{due}</span>}
    </span>
  )
}
