import type { Request } from 'express'
import { Language } from '../../shared/meeting'
import type { StoredMeeting } from '../meetings/meetingModel'
import type { Meetings } from '../meetings/meetings'
import { chooseLanguage } from './chooseLanguage'
import type { DoorSign } from './renderDoor'
import type { Voice } from './renderPage'
import { showTime } from './showTime'
import { loadWords } from './words'

export type Desk = ReturnType<typeof createDesk>

/** What every page needs: in which language it speaks, and whose meeting it is. */
export function createDesk({ meetings }: { meetings: Meetings }) {
  const words = loadWords()
  return {
    /** @param earlier the language chosen before, on another page */
    voiceFor(request: Request, earlier?: Language): Voice {
      const language = chooseLanguage(request, earlier)
      return { language, say: words[language] }
    },

    async signOf(meeting: StoredMeeting, language: Language): Promise<DoorSign> {
      const { familyName, leadName, startsAt, timeZone } = await meetings.show(meeting)
      return { familyName, leadName, when: showTime(startsAt, timeZone, language) }
    },
  }
}

/** The end of an address that keeps the language chosen there. */
export function keepLanguage(request: Request): string {
  const chosen = Language.safeParse(request.query['lang'])
  return chosen.success ? `?lang=${chosen.data}` : ''
}
