import type { Text } from '../../kernel/i18n/index.ts'

export const privacyTexts = {
  title: { vi: 'Dữ liệu cá nhân của bạn', en: 'Your personal data' },
  lead: {
    vi: 'Trang này nói hệ thống lưu gì về bạn, để làm gì, bao lâu và ai xem được.',
    en: 'This page says what the system keeps about you, what for, how long and who can see it.',
  },
  dossier: { vi: 'Khi bạn nộp hồ sơ', en: 'When you file a dossier' },
  dossierWhat: {
    vi: 'Họ tên, số định danh, điện thoại, câu trả lời và giấy tờ bạn gửi được lưu để giải quyết hồ sơ và để bạn theo dõi. Chỉ cán bộ được giao việc và người phụ trách xem được; mỗi lần mở hồ sơ đều được ghi lại.',
    en: 'Your name, personal number, phone, answers and papers are kept to resolve the dossier and for you to follow it. Only officers whose work it is and those responsible can see them; every time the dossier is opened is recorded.',
  },
  device: { vi: 'Dấu của máy đã gửi hồ sơ trực tuyến', en: 'The mark of the device an online dossier was sent from' },
  deviceWhat: {
    vi: 'Khi bạn bấm Gửi hồ sơ, trình duyệt được giao một số ngẫu nhiên (cookie). Bên cạnh hồ sơ chỉ lưu mã băm có khóa của số ấy, không lưu chính số ấy. Dấu này không chứa tên, loại máy, vị trí hay địa chỉ mạng của bạn; trang khác không đọc được; chỉ xem trang hay lưu nháp thì không có dấu.',
    en: 'When you send a dossier, your browser is given a random number (a cookie). Beside the dossier only a keyed digest of it is kept, never the number itself. The mark holds no name, kind of device, place or network address; no other site can read it; reading pages or keeping a draft leaves none.',
  },
  deviceWhy: {
    vi: 'Để biết bao nhiêu hồ sơ trực tuyến do người dân tự nộp và bao nhiêu được nộp từ một máy cho nhiều người, vì điểm phục vụ của tỉnh tính theo đó. Dấu này không dùng để nhận hay từ chối hồ sơ, không làm hồ sơ nhanh hay chậm hơn.',
    en: 'To know how many online dossiers people filed themselves and how many came from one device for many people, since the province is scored by them. It never decides whether a dossier is accepted, nor makes it quicker or slower.',
  },
  deviceWho: {
    vi: 'Chỉ cán bộ cải cách hành chính của tỉnh và người được tỉnh giao, dưới dạng “một máy, nhiều người nộp” kèm danh sách hồ sơ (số định danh và điện thoại chỉ hiện ba số cuối). Không ai xem được bạn dùng máy nào.',
    en: 'Only the province’s reform officers and whom the province entrusts with it, as “one device, many people” with the dossiers (personal numbers and phones show three digits). Nobody can see which device you use.',
  },
  deviceLong: {
    vi: '{days} ngày kể từ ngày gửi, sau đó dấu bị xóa. Cookie hết hạn sau {days} ngày và không được gia hạn. Bạn xóa cookie của trình duyệt lúc nào cũng được; hồ sơ không bị ảnh hưởng.',
    en: '{days} days from sending; then the mark is erased. The cookie ends after {days} days and is not prolonged. You may delete your browser’s cookies at any time; your dossiers are not affected.',
  },
  deviceOff: { vi: 'Tỉnh này hiện không ghi dấu của máy.', en: 'This province does not record device marks.' },
  deviceOffice: {
    vi: 'Máy của quầy hoặc của tổ công nghệ số cộng đồng đã đăng ký được ghi là máy hỗ trợ; hồ sơ nộp từ đó ghi là nộp có người hỗ trợ, và trang gửi hồ sơ nói trước điều này.',
    en: 'Machines of counters and community teams are registered as helping machines; dossiers sent from them are recorded as filed with help, and the page says so before you send.',
  },
  what: { vi: 'Lưu gì', en: 'What' },
  why: { vi: 'Để làm gì', en: 'What for' },
  who: { vi: 'Ai xem', en: 'Who sees it' },
  long: { vi: 'Bao lâu', en: 'How long' },
  office: { vi: 'Máy hỗ trợ', en: 'Helping machines' },
  cookies: { vi: 'Cookie khác', en: 'Other cookies' },
  cookiesWhat: {
    vi: 'Cookie đăng nhập giữ phiên của bạn đến khi đăng xuất hoặc hết hạn; cookie ngôn ngữ nhớ tiếng bạn chọn; cookie biểu mẫu chống gửi giả. Không có cookie quảng cáo hay theo dõi, không có cookie của bên thứ ba.',
    en: 'The sign-in cookie holds your session until you sign out or it ends; the language cookie remembers your language; the form cookie keeps others from sending forms in your name. There are no advertising, tracking or third-party cookies.',
  },
  rights: { vi: 'Quyền của bạn', en: 'Your rights' },
  rightsWhat: {
    vi: 'Bạn được biết, xem, yêu cầu sửa hoặc xóa dữ liệu của mình, và khiếu nại, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Gửi yêu cầu ở mục Phản ánh, kiến nghị hoặc tại bộ phận một cửa.',
    en: 'You may know, see, have corrected or erased what is kept about you, and complain, under the Law on Personal Data Protection No. 91/2025/QH15. Send your request as a petition or at any counter.',
  },
  rightsLink: { vi: 'Gửi yêu cầu', en: 'Send a request' },
} as const satisfies Record<string, Text>
