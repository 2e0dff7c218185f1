import type { Language } from './meeting'

/** A time zone as people call it: "Pacific Time", "hora del Pacífico"; by its id where a browser does not know. */
export function zoneWords(timeZone: string, language: Language): string {
  try {
    const format = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', {
      timeZone,
      timeZoneName: 'longGeneric',
    })
    return format.formatToParts().find(({ type }) => type === 'timeZoneName')!.value
  } catch {
    return timeZone.replaceAll('_', ' ')
  }
}
