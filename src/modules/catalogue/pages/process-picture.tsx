import { type Locale, t } from '../../../kernel/i18n/index.ts'
import type { TimeUnit } from '../rules/procedure.ts'
import type { InternalProcess, ProcessStep } from '../rules/process-definition.ts'
import { type Layout, layoutOf, linesOf, type PlacedStep } from '../rules/process-layout.ts'
import { timeLimitText } from '../rules/words.ts'
import { roleWords, processWords as words } from './process-texts.ts'

interface PictureProps {
  readonly process: InternalProcess
  readonly unit: TimeUnit
  /** Short names of agencies, by code. */
  readonly agencyName: (code: string) => string
  readonly locale: Locale
  /** Where two pictures stand on a page, each needs its own. */
  readonly id: string
}

export function placeText(step: ProcessStep, agencyName: (code: string) => string, locale: Locale): string {
  const { agency } = step
  if (agency.kind === 'named') return agencyName(agency.agencyCode)
  if (agency.kind === 'child') return t(locale, words.child, { part: agency.part })
  return t(locale, words[agency.kind])
}

const whoText = (step: ProcessStep, agencyName: (code: string) => string, locale: Locale): string =>
  `${t(locale, roleWords[step.role])}, ${placeText(step, agencyName, locale)}`

interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
}

const BoxOf = ({ box, lines, time, conditional }: { box: Box; lines: readonly string[]; time: string; conditional: boolean }) => (
  <g>
    <rect
      class={conditional ? 'cs-process__box cs-process__box--maybe' : 'cs-process__box'}
      x={box.x}
      y={box.y}
      width={box.w}
      height={box.h}
      rx="4"
    />
    {lines.map((line, n) => (
      <text class="cs-process__name" x={box.x + 10} y={box.y + 20 + n * 17}>
        {line}
      </text>
    ))}
    <text class="cs-process__time" x={box.x + 10} y={box.y + box.h - 9}>
      {time}
    </text>
  </g>
)

const Head = ({ id }: { id: string }) => (
  <defs>
    <marker id={`${id}-arrow`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
      <path class="cs-process__head" d="M0 0 L8 4 L0 8 Z" />
    </marker>
  </defs>
)

const timeOf = (step: ProcessStep, unit: TimeUnit, locale: Locale): string => t(locale, timeLimitText({ amount: step.allowance, unit }))

const LABEL = 132
const BOX = { w: 172, h: 78 }
const GAP = { x: 46, y: 22 }

/** Lanes under each other, time from left to right: for a desk. */
const Wide = ({ layout, props }: { layout: Layout; props: PictureProps }) => {
  const { unit, agencyName, locale, id } = props
  // Steps of one lane and rank stand under each other.
  const rows = new Map<string, number>()
  const deep = layout.lanes.map((_, lane) =>
    Math.max(
      1,
      ...Array.from({ length: layout.ranks }, (_, rank) => layout.steps.filter((one) => one.lane === lane && one.rank === rank).length),
    ),
  )
  const tops = deep.map((_, lane) => deep.slice(0, lane).reduce((sum, n) => sum + n * (BOX.h + GAP.y) + GAP.y, 8))
  const boxes = new Map<string, Box>()
  for (const { step, rank, lane } of layout.steps) {
    const key = `${lane} ${rank}`
    const row = rows.get(key) ?? 0
    rows.set(key, row + 1)
    boxes.set(step.code, {
      x: LABEL + GAP.x / 2 + rank * (BOX.w + GAP.x),
      y: (tops[lane] ?? 0) + GAP.y / 2 + row * (BOX.h + GAP.y) + 5,
      ...BOX,
    })
  }
  const width = LABEL + layout.ranks * (BOX.w + GAP.x) + 10
  const height = deep.reduce((sum, n) => sum + n * (BOX.h + GAP.y) + GAP.y, 8) + 26
  const first = (lane: number): PlacedStep | undefined => layout.steps.find((one) => one.lane === lane)
  return (
    <svg
      class="cs-process cs-process--wide"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-labelledby={`${id}-wide`}
    >
      <title id={`${id}-wide`}>{t(locale, words.picture)}</title>
      <Head id={`${id}-w`} />
      {layout.lanes.map((_, lane) => {
        const step = first(lane)?.step
        const top = tops[lane] ?? 0
        const tall = (deep[lane] ?? 1) * (BOX.h + GAP.y) + GAP.y
        return (
          <g>
            <rect
              class={lane % 2 === 0 ? 'cs-process__lane' : 'cs-process__lane cs-process__lane--odd'}
              x="0"
              y={top}
              width={width}
              height={tall}
            />
            {step && (
              <>
                <text class="cs-process__who" x="10" y={top + 24}>
                  {t(locale, roleWords[step.role])}
                </text>
                {linesOf(placeText(step, agencyName, locale), 17, 3).map((line, n) => (
                  <text class="cs-process__place" x="10" y={top + 44 + n * 16}>
                    {line}
                  </text>
                ))}
              </>
            )}
          </g>
        )
      })}
      {layout.arrows.map(({ from, to, back }) => {
        const [a, b] = [boxes.get(from), boxes.get(to)]
        if (!a || !b) return null
        if (back) {
          const below = Math.max(a.y + a.h, b.y + b.h) + 9
          return (
            <path
              class="cs-process__arrow cs-process__arrow--back"
              marker-end={`url(#${id}-w-arrow)`}
              d={`M${a.x + a.w / 2} ${a.y + a.h} V${below} H${b.x + b.w / 2} V${b.y + b.h + 2}`}
            />
          )
        }
        const turn = b.x - GAP.x / 2
        const [ay, by] = [a.y + a.h / 2, b.y + b.h / 2]
        return <path class="cs-process__arrow" marker-end={`url(#${id}-w-arrow)`} d={`M${a.x + a.w} ${ay} H${turn} V${by} H${b.x - 2}`} />
      })}
      {layout.steps.map(({ step }) => (
        <BoxOf
          box={boxes.get(step.code) as Box}
          lines={linesOf(t(locale, step.name), 18, 3)}
          time={timeOf(step, unit, locale)}
          conditional={step.when !== undefined}
        />
      ))}
    </svg>
  )
}

const TALL = 328
/** Time from top to bottom, branches beside each other: for a phone. */
const Tall = ({ layout, props }: { layout: Layout; props: PictureProps }) => {
  const { unit, agencyName, locale, id } = props
  const most = (rank: number): number => Math.max(1, ...layout.steps.filter((one) => one.rank === rank).map(({ slots }) => slots))
  const heightAt = (rank: number): number => (most(rank) > 1 ? 150 : 98)
  const topAt = (rank: number): number => Array.from({ length: rank }, (_, n) => heightAt(n) + 30).reduce((sum, h) => sum + h, 6)
  const boxes = new Map<string, Box>()
  for (const { step, rank, slot, slots } of layout.steps) {
    const w = (TALL - 4 - (slots - 1) * 10) / slots
    boxes.set(step.code, { x: 2 + slot * (w + 10), y: topAt(rank), w, h: heightAt(rank) })
  }
  const height = topAt(layout.ranks)
  const letters = (box: Box): number => Math.floor((box.w - 18) / 8.2)
  return (
    <svg class="cs-process cs-process--tall" viewBox={`0 0 ${TALL} ${height}`} role="img" aria-labelledby={`${id}-tall`}>
      <title id={`${id}-tall`}>{t(locale, words.picture)}</title>
      <Head id={`${id}-t`} />
      {layout.arrows
        .filter(({ back }) => !back)
        .map(({ from, to }) => {
          const [a, b] = [boxes.get(from), boxes.get(to)]
          if (!a || !b) return null
          const turn = b.y - 15
          return (
            <path
              class="cs-process__arrow"
              marker-end={`url(#${id}-t-arrow)`}
              d={`M${a.x + a.w / 2} ${a.y + a.h} V${turn} H${b.x + b.w / 2} V${b.y - 2}`}
            />
          )
        })}
      {layout.steps.map(({ step }) => {
        const box = boxes.get(step.code) as Box
        const name = linesOf(t(locale, step.name), letters(box), box.h > 100 ? 4 : 2)
        const who = linesOf(whoText(step, agencyName, locale), letters(box) + 2, box.h > 100 ? 2 : 1)
        return (
          <g>
            <BoxOf box={box} lines={name} time={timeOf(step, unit, locale)} conditional={step.when !== undefined} />
            {who.map((line, n) => (
              <text class="cs-process__place" x={box.x + 10} y={box.y + 22 + name.length * 17 + n * 15}>
                {line}
              </text>
            ))}
          </g>
        )
      })}
    </svg>
  )
}

/** The process in words: the picture for who does not see it, and for who would rather read. */
export const ProcessList = ({ process, unit, agencyName, locale }: Omit<PictureProps, 'id'>) => {
  const nameOf = (code: string): string => {
    const step = process.steps.find((one) => one.code === code)
    return step ? t(locale, step.name) : code
  }
  return (
    <ol class="govuk-list govuk-list--number">
      {layoutOf(process).steps.map(({ step }) => (
        <li>
          <strong>{t(locale, step.name)}</strong> ({whoText(step, agencyName, locale)}, {timeOf(step, unit, locale)}):{' '}
          {step.next.length > 0 ? t(locale, words.following, { steps: step.next.map(nameOf).join(', ') }) : t(locale, words.ends)}
          {step.back && `; ${t(locale, words.backTo, { step: nameOf(step.back) })}`}
          {step.when && `; ${t(locale, words.only, { field: step.when.field, values: step.when.is.join(', ') })}`}
        </li>
      ))}
    </ol>
  )
}

/** The process drawn twice, for a desk and for a phone: one of them is shown. Lanes by who works, arrows, times. */
export const ProcessPicture = (props: PictureProps) => {
  const layout = layoutOf(props.process)
  return (
    // Wider than a desk it scrolls, also by keys.
    <section class="cs-process-frame" tabindex={0} aria-label={t(props.locale, words.picture)}>
      <Wide layout={layout} props={props} />
      <Tall layout={layout} props={props} />
    </section>
  )
}
