import { byPerson, type ResumeEntry } from '../../shared/resume'
import { html, type Html } from '../join/html'
import { renderPage, type Voice } from '../join/renderPage'
import { renderWords } from '../join/renderWords'
import { showDay } from '../join/showTime'

function renderEntry(voice: Voice, entry: ResumeEntry): Html {
  return html`<li>
    ${renderWords(voice, entry)}
    <p class="soft">
      ${showDay(entry.day, voice.language)} · ${voice.say('resume.told', { title: entry.meeting.title })}
    </p>
  </li>`
}

/** What a family is good at, person by person, for a phone that runs no scripts. */
export function renderResume(voice: Voice, entries: ResumeEntry[]): string {
  const { say, language } = voice
  return renderPage(voice, {
    title: say('resume.title'),
    wide: true,
    body: html`<h1>${say('resume.title')}</h1>
      <p>${say(entries.length > 0 ? 'resume.intro' : 'resume.empty')}</p>
      ${byPerson(entries).map(
        (group) =>
          html`<h2>${group.who || say('resume.all')}</h2>
            <ul>
              ${group.entries.map((entry) => renderEntry(voice, entry))}
            </ul>`,
      )}
      <p><a class="quiet" href="/f/plans?lang=${language}">${say('door.link.plansTitle')}</a></p>`,
  })
}
