export interface Tile {
  readonly href: string
  readonly title: string
  readonly text?: string
}

/** Doors to choose from: life events on the first page, kinds of work. Whole tiles are links, large enough for a thumb. */
export const Tiles = ({ tiles }: { tiles: readonly Tile[] }) => (
  <ul class="cs-tiles">
    {tiles.map((tile) => (
      <li class="cs-tile">
        <a class="cs-tile__link" href={tile.href}>
          {tile.title}
        </a>
        {tile.text && <span class="cs-tile__text">{tile.text}</span>}
      </li>
    ))}
  </ul>
)
