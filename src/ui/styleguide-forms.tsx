import type { Locale } from '../kernel/i18n/index.ts'
import {
  Button,
  Checkbox,
  Checkboxes,
  DateInput,
  ErrorSummary,
  errorsBy,
  FileInput,
  Form,
  MoneyInput,
  Radios,
  Select,
  SummaryList,
  TaskList,
  TextArea,
  TextInput,
  YesNo,
} from './index.ts'
import { Sample } from './styleguide-sample.tsx'

const errors = [
  { path: 'guide.name', message: { vi: 'Điền họ và tên như trên thẻ căn cước.', en: 'Enter your name as on your identity card.' } },
  {
    path: 'guide.birth',
    message: { vi: 'Ngày sinh phải là một ngày có thật, ví dụ 27 11 1990.', en: 'Enter a real date of birth, for example 27 11 1990.' },
  },
  { path: 'guide.relation', message: { vi: 'Chọn quan hệ của bạn với trẻ.', en: 'Choose how you are related to the child.' } },
  {
    path: 'guide.paper',
    message: { vi: 'Chọn tệp giấy chứng sinh, nhỏ hơn 10 MB.', en: 'Choose the birth record file, smaller than 10 MB.' },
  },
] as const

const relations = [
  { value: 'father', label: 'Cha' },
  { value: 'mother', label: 'Mẹ' },
  {
    value: 'kin',
    label: 'Ông, bà hoặc người thân thích khác',
    hint: 'Cần thêm giấy tờ chứng minh quan hệ, trừ khi hai người cùng trong một hộ.',
  },
]

/** Fields empty, filled and wrong; the lists around a form. */
export const FormSamples = ({ locale }: { locale: Locale }) => {
  const errorOf = errorsBy(locale, errors)
  return (
    <>
      <Sample name="ErrorSummary và trường có lỗi">
        <ErrorSummary errors={errors} locale={locale} />
        <Form csrfToken="" action="/quan-tri/giao-dien">
          <TextInput
            name="guide.name"
            label="Họ và tên"
            hint="Viết như trên thẻ căn cước, có dấu"
            error={errorOf('guide.name')}
            value="NGUYỄN THỊ ẨM"
            autocomplete="name"
            locale={locale}
          />
          <DateInput
            name="guide.birth"
            label="Ngày sinh"
            hint="Ví dụ: 27 11 1990"
            error={errorOf('guide.birth')}
            value={{ day: '31', month: '2', year: '1990' }}
            birthday
            locale={locale}
          />
          <Radios name="guide.relation" label="Bạn là gì của trẻ?" options={relations} error={errorOf('guide.relation')} locale={locale} />
          <FileInput
            name="guide.paper"
            label="Giấy chứng sinh"
            hint="Chụp bằng điện thoại cũng được, rõ cả bốn góc."
            maxBytes={10_000_000}
            accept=".pdf,image/*"
            error={errorOf('guide.paper')}
            locale={locale}
          />
          <Button>Lưu và tiếp tục</Button>
        </Form>
      </Sample>
      <Sample name="Trường không lỗi">
        <TextInput name="guide.phone" label="Số điện thoại" type="tel" inputmode="tel" width={20} autocomplete="tel" locale={locale} />
        <TextInput name="guide.email" label="Thư điện tử" type="email" optional autocomplete="email" locale={locale} />
        <MoneyInput name="guide.price" label="Giá chuyển nhượng ghi trong hợp đồng" value="1.250.000.000" locale={locale} />
        <TextArea name="guide.big" label="Chữ hoa có dấu chồng" value="ỄẨỒỠỮẰ" locale={locale} />
        <TextArea name="guide.note" label="Lý do" hint="Hai, ba câu là đủ." optional locale={locale} />
        <Select
          name="guide.commune"
          value="32119"
          label="Xã, phường nơi cư trú"
          options={[
            { value: '32119', label: 'XÃ NGUYỄN PHÍCH (Ở Ấp 5)' },
            { value: '32041', label: 'Phường An Xuyên' },
          ]}
          locale={locale}
        />
        <DateInput name="guide.married" label="Ngày đăng ký kết hôn" value="2019-03-08" locale={locale} />
        <YesNo name="guide.twins" label="Trẻ có anh, chị, em sinh cùng lần không?" value={false} locale={locale} />
        <Checkboxes
          name="guide.copies"
          label="Bạn muốn nhận kết quả thế nào?"
          hint="Chọn một hoặc nhiều cách."
          values={['online']}
          options={[
            { value: 'online', label: 'Bản điện tử có chữ ký số' },
            { value: 'post', label: 'Gửi bưu điện đến nhà', hint: 'Phí bưu điện trả khi nhận.' },
            { value: 'counter', label: 'Đến Trung tâm Phục vụ hành chính công nhận', disabled: true },
          ]}
          locale={locale}
        />
        <Checkbox
          name="guide.declare"
          label="Tôi cam đoan những điều khai trên đây là đúng và chịu trách nhiệm trước pháp luật về lời khai."
          locale={locale}
        />
      </Sample>
      <Sample name="TaskList">
        <TaskList
          tasks={[
            { title: 'Người được khai sinh', href: '#main', status: { text: 'Đã xong' } },
            {
              title: 'Cha, mẹ của trẻ',
              hint: 'Đã điền sẵn từ thẻ căn cước của bạn',
              href: '#main',
              status: { text: 'Đang làm', tone: 'info' },
            },
            {
              title: 'Giấy tờ kèm theo: giấy chứng sinh hoặc văn bản của người làm chứng xác nhận về việc sinh',
              href: '#main',
              status: { text: 'Có lỗi', tone: 'bad' },
            },
            { title: 'Kiểm tra và gửi', status: { text: 'Chưa thể bắt đầu' } },
          ]}
        />
      </Sample>
      <Sample name="SummaryList">
        <SummaryList
          rows={[
            { key: 'Họ và tên', value: 'Huỳnh Thị Ngọc Bích Trâm', changeHref: '#main' },
            {
              key: 'Nơi sinh',
              value: 'Bệnh viện Sản – Nhi tỉnh Cà Mau, đường Nguyễn Đình Chiểu, khóm 3, phường Tân Thành, tỉnh Cà Mau',
              changeHref: '#main',
            },
            { key: 'Thư điện tử', changeHref: '#main' },
            { key: 'Lệ phí', value: 'Không mất phí' },
          ]}
          locale={locale}
        />
      </Sample>
    </>
  )
}
