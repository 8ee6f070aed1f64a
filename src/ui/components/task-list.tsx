import type { Child } from 'hono/jsx'
import { Tag, type Tone } from './tag.tsx'

export interface Task {
  readonly title: string
  readonly hint?: Child
  /** Missing while the step cannot be started yet. */
  readonly href?: string | undefined
  readonly status: { readonly text: string; readonly tone?: Tone }
}

/** The steps of a form with the state of each. `id` keeps several lists on one page apart. */
export const TaskList = ({ tasks, id = 'task' }: { tasks: readonly Task[]; id?: string }) => (
  <ul class="govuk-task-list">
    {tasks.map((task, index) => (
      <li class={task.href ? 'govuk-task-list__item govuk-task-list__item--with-link' : 'govuk-task-list__item'}>
        <div class="govuk-task-list__name-and-hint">
          {task.href ? (
            <a class="govuk-link govuk-task-list__link" href={task.href} aria-describedby={`${id}-${index + 1}-status`}>
              {task.title}
            </a>
          ) : (
            <div>{task.title}</div>
          )}
          {task.hint && <div class="govuk-task-list__hint">{task.hint}</div>}
        </div>
        <div class="govuk-task-list__status" id={`${id}-${index + 1}-status`}>
          {task.status.tone ? <Tag tone={task.status.tone}>{task.status.text}</Tag> : task.status.text}
        </div>
      </li>
    ))}
  </ul>
)
