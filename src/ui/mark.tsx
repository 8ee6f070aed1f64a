/** The mark: a door ajar whose gap forms the four panes of a window, one pane lit. Takes the colour of the text around it. */
export const Mark = ({ size = 32, lit = true }: { size?: number; lit?: boolean }) => (
  <svg class="cs-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path fill="currentColor" d="M3 2.5A1.5 1.5 0 0 1 4.5 1h23A1.5 1.5 0 0 1 29 2.5V28h-2.5V3.5h-11v24.5H13z" />
    <path fill="currentColor" d="M3 2.2 13.5 6v25.4L3 28z" />
    <path fill="currentColor" d="M17.2 5.2h3.4v10h-3.4zm0 11.8h3.4v10h-3.4zm4.9 0h3.4v10h-3.4z" opacity="0.45" />
    <path class={lit ? 'cs-mark__lit' : undefined} fill={lit ? '#F2B705' : 'currentColor'} d="M22.1 5.2h3.4v10h-3.4z" />
  </svg>
)
