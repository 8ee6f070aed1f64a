import type { Text } from './i18n/index.ts'

/** A start that cannot succeed for a reason outside the program: told in one line, exit code 1, no stack. */
export class StartupError extends Error {
  readonly text: Text
  constructor(text: Text, options?: ErrorOptions) {
    super(`${text.vi} / ${text.en}`, options)
    this.name = 'StartupError'
    this.text = text
  }
}

const DISK: Record<string, Text> = {
  ENOSPC: { vi: 'đĩa đã đầy', en: 'the disk is full' },
  EDQUOT: { vi: 'đã hết hạn mức đĩa', en: 'the disk quota is used up' },
  EROFS: { vi: 'đĩa chỉ cho đọc', en: 'the disk is read-only' },
  EACCES: { vi: 'không có quyền ghi', en: 'no permission to write' },
  EPERM: { vi: 'không có quyền ghi', en: 'no permission to write' },
  ENOTDIR: { vi: 'đường dẫn không phải thư mục', en: 'the path is not a folder' },
  EEXIST: { vi: 'đường dẫn không phải thư mục', en: 'the path is not a folder' },
}

/** Turns a file-system error below `folder` into one clear line; anything else is returned as it came. */
export function explainDisk(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code
  const text = code ? DISK[code] : undefined
  return text ? new StartupError({ vi: `${text.vi}: ${folder}`, en: `${text.en}: ${folder}` }, { cause: error }) : error
}
