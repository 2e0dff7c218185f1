import { createTransport } from 'nodemailer'
import type { Logger } from 'pino'
import { PlanError } from '../../shared/errors'
import type { Letter } from '../../shared/invite'
import type { Config } from '../config'
import { withoutContent } from '../http/withoutContent'

/** Longest wait for the mail server, ms: who leads is waiting to learn whether it went out. */
const PATIENCE_MS = 10_000

/** The line broke before the mail server answered: it may have taken the email, or not. */
const BROKEN = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET']

function isUnsure(error: unknown): boolean {
  const { code, responseCode, syscall } = error as { code?: string; responseCode?: number; syscall?: string }
  return BROKEN.includes(code ?? '') && !responseCode && syscall !== 'connect'
}

/** @throws invite/not-taken where the mail server does not take it, invite/unsure where it did not say */
export type InviteMail = (address: string, letter: Letter, calendar: string) => Promise<void>

/** Letters by email with an entry for the calendar, where a mail server is set; null where none is. */
export function createInviteMail({ config, log }: { config: Config; log: Logger }): InviteMail | null {
  const { smtp } = config
  if (!smtp) return null
  const times = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS }
  const transport = createTransport({ url: smtp.url, ...times })
  return async (address, { subject, text }, calendar) => {
    const icalEvent = { method: 'PUBLISH', filename: 'meeting.ics', content: calendar }
    try {
      await transport.sendMail({ from: smtp.from, to: { name: '', address }, subject, text, icalEvent })
    } catch (error) {
      log.error(withoutContent(error), 'somebody could not be asked to come by email')
      throw new PlanError(isUnsure(error) ? 'invite/unsure' : 'invite/not-taken')
    }
  }
}
