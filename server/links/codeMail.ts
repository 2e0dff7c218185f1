import { createTransport } from 'nodemailer'
import type { Language } from '../../shared/meeting'
import { loadWords } from '../join/words'

/**
 * Sends codes by email. Whoever else reads that mailbox learns that somebody asked for a code, and nothing of a family.
 *
 * @param smtpUrl such as `smtps://user:secret@mail.example.org`
 * @param from the address it comes from
 */
export function createCodeMail(smtpUrl: string, from: string) {
  const transport = createTransport(smtpUrl)
  const words = loadWords()

  return async function sendCode(to: string, code: string, language: Language): Promise<void> {
    const say = words[language]
    await transport.sendMail({ from, to, subject: say('door.link.mailSubject'), text: say('door.link.mail', { code }) })
  }
}
