import type { Web } from '../../../kernel/http/context.ts'
import { frame } from '../../../ui/frame.ts'
import { page } from '../../../ui/index.ts'
import { StyleGuide } from '../../../ui/styleguide.tsx'
import { texts } from '../texts.ts'

/** `/quan-tri/giao-dien`: the living style guide. */
export const styleGuidePage = (c: Web): Response | Promise<Response> =>
  page(c, { ...frame(c, 'admin'), title: texts.styleGuide, wide: true }, <StyleGuide locale={c.get('locale')} />)
