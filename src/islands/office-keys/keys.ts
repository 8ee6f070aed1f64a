/** What a key asks for. `press` stands for any element that names the key in `data-key`; so
 * does `act` where no row is ticked and none is stood on. */
export type Action =
  | { do: 'move'; by: 1 | -1 }
  | { do: 'open' }
  | { do: 'tick' }
  | { do: 'leave' }
  | { do: 'act' }
  | { do: 'press'; key: string }

interface Stroke {
  readonly key: string
  readonly ctrlKey?: boolean
  readonly metaKey?: boolean
  readonly altKey?: boolean
  readonly isComposing?: boolean
}

/** Single keys act only outside of fields; with Ctrl, Alt or Meta they belong to the browser. */
export function actionOf(stroke: Stroke, typing: boolean): Action | undefined {
  if (stroke.ctrlKey || stroke.metaKey || stroke.altKey || stroke.isComposing) return undefined
  if (typing) return stroke.key === 'Escape' ? { do: 'leave' } : undefined
  switch (stroke.key) {
    case 'j':
      return { do: 'move', by: 1 }
    case 'k':
      return { do: 'move', by: -1 }
    case 'x':
      return { do: 'tick' }
    case 'Enter':
      return { do: 'open' }
    case '.':
      return { do: 'act' }
    default:
      return stroke.key.length === 1 ? { do: 'press', key: stroke.key } : undefined
  }
}

/** The row to stand on next; from nowhere, the first or the last. Does not run over the ends. */
export function rowAfter(current: number, count: number, by: 1 | -1): number {
  if (count === 0) return -1
  if (current < 0) return by > 0 ? 0 : count - 1
  return Math.min(count - 1, Math.max(0, current + by))
}
