import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import type { Config } from '../config'
import { withoutContent } from '../http/withoutContent'

/** @returns whether it went out */
export type SendInvitation = (email: string, link: string) => Promise<boolean>

/** Longest wait for the mail server, ms: the administrator is waiting for the link. */
const PATIENCE_MS = 10_000

/** Says nothing about anybody: who else reads this inbox learns only that somebody works with OurPlan. */
const words = (link: string) =>
  [
    'You have been invited to OurPlan. Open this link to choose your password. It works once, for 72 hours.',
    'Recibió una invitación a OurPlan. Abra este enlace para elegir su contraseña. Sirve una vez, durante 72 horas.',
    link,
    'If you did not expect this, you need do nothing. · Si no lo esperaba, no tiene que hacer nada.',
  ].join('\n\n')

/** Links by email, where a mail server is set; otherwise the administrator hands them on. */
export function createSendInvitation({ config, log }: { config: Config; log: Logger }): SendInvitation {
  const { smtp } = config
  if (!smtp) return async () => false
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS }
  const transport = createTransport({ url: smtp.url, ...times })
  return async (email, link) => {
    try {
      await transport.sendMail({ from: smtp.from, to: email, subject: 'OurPlan', text: words(link) })
      return true
    } catch (error) {
      log.error(withoutContent(error), 'an invitation could not be sent')
      return false
    }
  }
}
