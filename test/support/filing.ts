const home = {
  province: '96',
  commune: '31825',
  validFrom: '2025-07-01',
  line: 'Số 5, khóm 3',
  label: 'Số 5, khóm 3, Phường Bạc Liêu, Tỉnh Cà Mau',
}

/** A confirmation of marital status as a citizen files it: with the procedure's own form, every question answered. */
export const maritalStatus = {
  procedureCode: '1.004873',
  applicant: { name: 'Quách Tấn Đạt', number: '096092000707', phone: '0912345678' },
  formCode: 'xac-nhan-tinh-trang-hon-nhan',
  formVersion: 1,
  answers: {
    fullName: 'Quách Tấn Đạt',
    birthDate: '1992-04-12',
    personalNumber: '096092000707',
    residence: home,
    phone: '0912345678',
    forSelf: true,
    sex: 'male',
    ethnicity: 'Kinh',
    nationality: 'Việt Nam',
    status: 'never',
    movedSinceAdult: false,
    purpose: 'work',
    issueAt: home,
    copies: 2,
    declaration: true,
  },
} as const
