/** The mark: a door ajar whose gap forms the four panes of a window, one pane lit. Takes the colour of the text around it. */
export const Mark = ({ size = 32 }: { size?: number }) => (
  <svg class="cs-mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <path fill="currentColor" d="M2.5 30V3A1.5 1.5 0 0 1 4 1.5h24A1.5 1.5 0 0 1 29.5 3v27H27V4H5v26z" />
    <path fill="currentColor" fill-rule="evenodd" d="M5 5.2l8.4 3v17.6L5 30zm6.1 10.6v3h1.2v-3z" />
    <path fill="currentColor" d="M15.2 6.2h4.6V16h-4.6zm0 11.6h4.6V28h-4.6zm6.2 0h4.4V28h-4.4z" opacity="0.5" />
    <path class="cs-mark__lit" fill="#F2B705" d="M21.4 6.2h4.4V16h-4.4z" />
  </svg>
)
