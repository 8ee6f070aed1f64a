import type { Refusal } from '../../kernel/errors.ts'

export const unknownView: Refusal = {
  code: 'dossier.unknown-view',
  status: 404,
  message: { vi: 'Không còn danh sách đã lưu này.', en: 'This saved list is no longer there.' },
  next: { vi: 'Chọn một danh sách khác.', en: 'Choose another list.' },
}

export const tooManyViews = (most: number): Refusal => ({
  code: 'dossier.too-many-views',
  status: 409,
  message: { vi: `Mỗi người lưu được ${most} danh sách.`, en: `Each officer can keep ${most} lists.` },
  next: { vi: 'Bỏ một danh sách không dùng nữa rồi lưu lại.', en: 'Remove one that is no longer used, then save again.' },
})
