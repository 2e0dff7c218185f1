import type { Letter } from '../../shared/invite'
import type { Language } from '../../shared/meeting'
import { loadWords } from '../join/words'

interface Told {
  startsAt: Date
  timeZone: string
  url: string
  code: string
  language: Language
  /** Somebody was told another time before. */
  again: boolean
}

/** A moment in full, with its zone; in Spanish of 24 hours, as on every page. Plain spaces: one rare sign makes a text message twice as long. */
const momentOf = ({ startsAt, timeZone, language }: Told): string =>
  new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: language === 'es' ? '2-digit' : 'numeric',
    hourCycle: language === 'es' ? 'h23' : 'h12',
    minute: '2-digit',
    timeZoneName: 'short',
  })
    .format(startsAt)
    .replace(/[\u00a0\u202f]/g, ' ')

/**
 * Writes what somebody who is asked to come reads. Whoever looks over their shoulder learns that somebody meets, and not
 * with whom or about what: no name stands in it.
 */
export function createWriteLetter() {
  const words = loadWords()

  return function writeLetter(told: Told): Letter {
    const say = words[told.language]
    const { url, code } = told
    const when = told.again
      ? say('invite.letter.again', { moment: momentOf(told) })
      : say('invite.letter.when', { moment: momentOf(told) })
    const come = say('invite.letter.come', { url, code, address: new URL('/j', url).href.replace(/^https?:\/\//, '') })
    return { subject: say('invite.letter.subject'), text: `${when}\n${come}`, url, code }
  }
}
