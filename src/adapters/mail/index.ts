import { readMailbox } from '../../kernel/mailbox.ts'
import type { ConnectMail } from '../../modules/notification/port.ts'
import { createSmtp } from './smtp.ts'

/** The mail server of the settings (SMTP_URL, MAIL_FROM). */
export const connectMail: ConnectMail = ({ config }) => {
  const from = config.MAIL_FROM === undefined ? undefined : readMailbox(config.MAIL_FROM)
  return config.SMTP_URL && from ? createSmtp(config.SMTP_URL, from) : undefined
}
