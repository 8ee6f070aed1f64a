import type { JobView } from '../../../kernel/jobs/index.ts'
import type { Tone } from '../../../ui/index.ts'

export const viewTones: Readonly<Record<JobView, Tone>> = {
  stuck: 'bad',
  retry: 'waiting',
  waiting: 'info',
  running: 'accent',
  done: 'good',
  cancelled: 'neutral',
}

/** The filters of the list as its address says them. */
export interface JobFilter {
  readonly view: JobView | undefined
  readonly queue: string | undefined
  readonly page: number
}

/** Address of the list with these filters. */
export function jobsHref(filter: Partial<JobFilter>): string {
  const query = new URLSearchParams()
  if (filter.view) query.set('trang-thai', filter.view)
  if (filter.queue) query.set('loai', filter.queue)
  if (filter.page && filter.page > 1) query.set('trang', String(filter.page))
  const text = query.toString()
  return `/quan-tri/cong-viec${text ? `?${text}` : ''}`
}
