import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { generateKeyBetween } from 'fractional-indexing'
import { addItem } from '../../../shared/plan'
import { admitted, staff, type Someone } from '../../support/people'
import { PlainPhone } from '../../support/plainPhone'
import { startTestApp, type TestApp } from '../../support/startTestApp'

/** What one answer may weigh, so that the first packets of a slow line hold all of it. */
const WEIGHT_MAX = 14 * 1024

let app: TestApp
let wren: Someone
let code: string

beforeAll(async () => {
  app = await startTestApp()
  wren = await staff(app, 'Wren')
})
afterAll(() => app.close())

async function openMeeting(words: Parameters<Someone['createMeeting']>[0] = {}) {
  const { joinCode } = await wren.createMeeting({ timeZone: 'America/Los_Angeles', ...words })
  code = joinCode.replace('-', '')
}

const phone = (name = 'Dana', language?: string) => new PlainPhone(app, name, language)

async function atTheDoor(name = 'Dana', language?: string): Promise<PlainPhone> {
  const dana = await phone(name, language).open(`/j/${code}`)
  await dana.send({ name, role: 'family' })
  const person = (await wren.people()).find((each) => each.name === name)
  return Object.assign(dana, { participantId: person!.id, meetingId: wren.meetingId })
}

describe('asking to come in with a plain form', () => {
  beforeAll(() => openMeeting())

  it('[ME20] says whose meeting it is, when, and who will let people in', async () => {
    const dana = await phone().open(`/j/${code}`)
    expect(dana.status).toBe(200)
    expect(dana.words).toContain('Meeting for Miles’s family')
    expect(dana.words).toContain('Tuesday, March 2 at 10:00 AM')
    expect(dana.words).toContain('Wren, who leads the meeting, will let you in.')
    expect(dana.document.querySelector('h1')?.textContent).toBe('Come in. Your words count here.')
  })

  it('[MT30] says who sees what, what stays here and what must be told, and that nobody has to sign it', async () => {
    const dana = await phone().open(`/j/${code}`)
    expect(dana.words).toContain('What stays in this room')
    expect(dana.words).toContain('when a child may be in danger, people who work for an agency have to say so')
    expect(dana.words).toContain('You do not have to sign this. You can come in either way.')
    const elena = await phone('Elena', 'es').open(`/j/${code}`)
    expect(elena.words).toContain('Usted no tiene que firmar esto.')
    // Nothing of it is asked for: the form is the one that was there.
    expect(dana.document.querySelectorAll('form .confidence, .confidence input')).toHaveLength(0)
    await elena.send({ name: 'Elena', role: 'family' })
    expect(elena.path).toBe(`/j/${code}/waiting`)
    expect(elena.document.querySelector('.confidence')?.hasAttribute('open')).toBe(true)
  })

  it('[ME20] takes a name and a choice, and the facilitator sees both', async () => {
    const quill = await phone().open(`/j/${code}`)
    await quill.send({ name: '  Quill ', role: 'agency', agency: 'child-welfare' })
    expect(quill.path).toBe(`/j/${code}/waiting`)
    expect((await wren.people()).find(({ name }) => name === 'Quill')).toMatchObject({
      role: 'agency',
      agency: 'child-welfare',
      state: 'waiting',
      language: 'en',
    })
  })

  it('[ME20] lets nobody choose to lead', async () => {
    const dana = await phone().open(`/j/${code}`)
    await dana.send({ name: 'Mallory', role: 'facilitator' })
    expect(dana.status).toBe(400)
    expect(dana.words).toContain('Choose who you are in this meeting.')
  })

  it('[ME20] takes a code as people type it', async () => {
    const dana = await phone().open('/j')
    await dana.send({ code: ` ${code.slice(0, 4).toLowerCase()} ${code.slice(4)}` })
    expect(dana.path).toBe(`/j/${code}?lang=en`)
    expect(dana.status).toBe(200)
  })

  it('[ME21] says what is missing on top and at the field, and keeps what was typed', async () => {
    const quill = await phone().open(`/j/${code}`)
    await quill.send({ name: 'Quill', role: 'agency' })
    expect(quill.status).toBe(400)
    const link = quill.document.querySelector('.errors a')!
    const field = quill.document.querySelector(link.getAttribute('href')!)!
    expect(field.getAttribute('name')).toBe('agency')
    expect(field.getAttribute('aria-invalid')).toBe('true')
    const sentence = quill.document.getElementById(field.getAttribute('aria-describedby')!)
    expect(sentence?.textContent).toBe('Choose which agency you work for.')
    await quill.send({ agency: 'housing' })
    expect(quill.path).toBe(`/j/${code}/waiting`)
    expect(quill.words).toContain('I work for an agency · Housing')
  })

  it.each([
    ['', 'Write the name we should call you.'],
    ['   ', 'Write the name we should call you.'],
    ['D'.repeat(41), 'Write a shorter name, 40 letters at most.'],
    ['Da\u0007na', 'Write your name with letters only.'],
  ])('[ME21] asks again for the name %j', async (name, sentence) => {
    const dana = await phone().open(`/j/${code}`)
    await dana.send({ name, role: 'family' })
    expect(dana.status).toBe(400)
    expect(dana.document.querySelector('#name-wrong')?.textContent).toBe(sentence)
    expect(dana.document.querySelector('#name')?.getAttribute('value')).toBe(name)
    expect(dana.document.querySelector('#role-family')?.hasAttribute('checked')).toBe(true)
  })

  it('[ME21] takes fields that no form of ours sends for empty ones', async () => {
    const answer = await phone().request('POST', `/j/${code}`, 'name=a&name=b&role[$ne]=x&__proto__=x', {
      'content-type': 'application/x-www-form-urlencoded',
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('Write the name we should call you.')
  })

  it('[ME22] shows a name as it was typed and never as part of the page', async () => {
    const name = `<b>"&'<script>alert(1)</script>`
    const mallory = await phone().open(`/j/${code}`)
    await mallory.send({ name, role: '' })
    expect(mallory.status).toBe(400)
    expect(mallory.document.querySelector('#name')?.getAttribute('value')).toBe(name)
    await mallory.send({ name, role: 'family' })
    expect(mallory.document.querySelector('dd')?.textContent).toBe(name)
    expect(mallory.html).not.toContain('<b>"')
    expect(mallory.html).not.toContain('<script>alert')
  })

  it('[ME22] refuses a form that another website sends', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://elsewhere.example' }
    const answer = await phone().request('POST', `/j/${code}`, 'name=Dana&role=family', headers)
    expect(answer.status).toBe(403)
  })
})

describe('languages', () => {
  beforeAll(() => openMeeting())

  it('[ME23] speaks as the phone does, offers each language by its own name and keeps the choice', async () => {
    const elena = await phone('Elena', 'es-MX,es;q=0.9,en;q=0.5').open(`/j/${code}`)
    expect(elena.document.documentElement.getAttribute('lang')).toBe('es')
    expect(elena.words).toContain('martes, 2 de marzo, 10:00')
    await elena.click('English')
    expect(elena.document.documentElement.getAttribute('lang')).toBe('en')
    await elena.click('Español')
    await elena.send({ name: '', role: 'family' })
    expect(elena.words).toContain('Escriba el nombre')
    await elena.send({ name: 'Elena' })
    expect(elena.words).toContain('Gracias, Elena. Está en la puerta.')
    expect((await wren.people()).find(({ name }) => name === 'Elena')?.language).toBe('es')
  })

  it('[ME23] marks each name of a language with that language', async () => {
    const dana = await phone().open(`/j/${code}`)
    expect(dana.document.querySelector('a[lang="es"]')?.textContent).toBe('Español')
    expect(dana.document.querySelector('span[lang="en"]')?.getAttribute('aria-current')).toBe('true')
  })
})

describe('codes that open nothing', () => {
  it('[ME24] are answered alike, whether unknown, closed or ended, with a field for another', async () => {
    await openMeeting()
    const closed = code
    await wren.call('setJoining', { params: { meetingId: wren.meetingId }, body: { open: false } })
    await openMeeting()
    const ended = code
    await wren.setPhase('ended')
    const pages: string[] = []
    for (const each of [closed, ended, '22222222', 'nonsense', '<script>']) {
      const dana = await phone().open(`/j/${encodeURIComponent(each)}`)
      expect(dana.status).toBe(404)
      expect(dana.document.querySelector('input[name=code]')).not.toBeNull()
      pages.push(dana.html)
    }
    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).not.toContain('Miles')
  })

  it('[ME24] are answered alike when a form is sent', async () => {
    await openMeeting()
    const dana = await phone().open(`/j/${code}`)
    await wren.setPhase('ended')
    await dana.send({ name: 'Dana', role: 'family' })
    expect(dana.status).toBe(404)
    expect(dana.words).toContain('This code does not open a meeting.')
  })
})

describe('waiting at the door', () => {
  beforeAll(() => openMeeting())

  it('[ME27] says who will let people in, looks again by itself, and goes on to the app', async () => {
    const dana = await atTheDoor()
    expect(dana.words).toContain('Wren, who leads the meeting, can see your name and will let you in.')
    expect(dana.html).toContain(
      `<noscript><meta http-equiv="refresh" content="4;url=/j/${code}/waiting?lang=en&amp;plain=1" /></noscript>`,
    )
    // With scripts the page stays as it is while it looks.
    expect(dana.document.querySelector('[data-look-again]')?.getAttribute('data-look-again')).toBe('4')
    await wren.admit(dana)
    await dana.open(`/j/${code}/waiting?lang=en`)
    expect(dana.path).toBe(`/m/${wren.meetingId}`)
  })

  it('[ME27] lets people correct what they said, and stays one person', async () => {
    const rosa = await atTheDoor('Rosa')
    await rosa.click('Not you, or not right? Change it')
    expect(rosa.document.querySelector('#name')?.getAttribute('value')).toBe('Rosa')
    await rosa.send({ name: 'Aunt Rosa', role: 'support' })
    expect(rosa.words).toContain('Thank you, Aunt Rosa.')
    const people = (await wren.people()).filter(({ name }) => name.includes('Rosa'))
    expect(people).toMatchObject([{ name: 'Aunt Rosa', role: 'support' }])
  })

  it('[ME27] tells somebody turned away kindly, and lets them ask again', async () => {
    const mo = await atTheDoor('Mo')
    await wren.remove(mo)
    await mo.open(`/j/${code}/waiting`)
    expect(mo.words).toContain('You are not in this meeting now.')
    expect(mo.words).toContain('please talk to Wren')
    await mo.click('Ask to come in again')
    await mo.send({ name: 'Mo', role: 'support' })
    expect(mo.words).toContain('Thank you, Mo.')
  })

  it('[ME27] goes on for those who wait when the code changes', async () => {
    const ada = await atTheDoor('Ada')
    await wren.call('setJoining', { params: { meetingId: wren.meetingId }, body: { open: true, newCode: true } })
    await ada.open(`/j/${code}/waiting`)
    expect(ada.words).toContain('Thank you, Ada.')
    expect(ada.words).not.toContain('Change it')
    await wren.admit(ada)
    await ada.open(`/j/${code}/waiting`)
    expect(ada.path).toBe(`/m/${wren.meetingId}`)
  })

  it('[ME29] takes whoever is in the meeting straight on from its link', async () => {
    await openMeeting()
    const dana = await atTheDoor()
    await dana.open(`/j/${code}`)
    expect(dana.path).toBe(`/j/${code}/waiting`)
    const facilitator = await wren.request('GET', `/j/${code}/waiting`)
    expect(facilitator.headers.get('location')).toBe(`/m/${wren.meetingId}`)
  })

  it('[ME29] shows the form to somebody who never asked and opens the waiting page', async () => {
    const dana = await phone().open(`/j/${code}/waiting`)
    expect(dana.path).toBe(`/j/${code}`)
    expect(dana.status).toBe(200)
  })
})

describe('the plan for phones without scripts', () => {
  const goal = 'goal000000000000'

  beforeAll(async () => {
    await openMeeting({ question: 'Can <Miles> stay?' })
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      addItem(doc, 'goals', goal, { order: 'a0', removed: false }, { words: 'A safe home' })
      let order: string | null = null
      const promise = (id: string, column: 'family' | 'housing', who: string, words: string, removed = false) => {
        order = generateKeyBetween(order, null)
        const choices = { order, removed, goal, column, who, whoId: null, due: '2027-03-05' }
        addItem(doc, 'actions', id.padEnd(16, '0'), choices, { words })
      }
      promise('a', 'housing', 'Ortiz', 'Finish the voucher papers.')
      promise('b', 'family', 'Dana', 'Call the power company & ask.')
      promise('c', 'family', 'Dana', 'Taken back.', true)
    })
  })

  it('[ME28] shows goals and who promised what, the family first, once somebody is let in', async () => {
    const dana = await atTheDoor()
    await wren.admit(dana)
    await dana.open(`/j/${code}/waiting?lang=en&plain=1`)
    expect(dana.path).toBe(`/j/${code}/plan?lang=en`)
    expect([...dana.document.querySelectorAll('h2, h3')].map((each) => each.textContent)).toEqual([
      'The question today',
      'A safe home',
      'The family',
      'Housing',
    ])
    expect(dana.words).toContain('Can <Miles> stay?')
    expect(dana.words).toContain('Call the power company & ask. Who: Dana · By Friday, March 5')
    expect(dana.words).not.toContain('Taken back')
  })

  it('[UI48] shows every chapter that has words, what is over told apart, dissent beneath what was agreed', async () => {
    await openMeeting({ question: 'Who helps?' })
    const id = (letter: string) => letter.repeat(16)
    const placed = { order: 'a0', removed: false }
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      doc.getText('vision').insert(0, 'Quiet <Sundays>')
      addItem(doc, 'strengths', id('s'), { ...placed, who: 'Miles', day: '2027-03-05' }, { words: 'Draws daily' })
      addItem(doc, 'worries', id('w'), { ...placed, state: 'done', closedOn: '2027-03-04' }, { words: 'No lights' })
      addItem(doc, 'worries', id('v'), { ...placed, order: 'a1' }, { words: 'Late nights' })
      addItem(doc, 'agreements', id('a'), placed, { words: 'Rosa may stay over' })
      const own = { ...placed, agreement: id('a'), who: 'Dana', whoId: null }
      addItem(doc, 'disagreements', id('d'), own, { words: 'Only on weekends' })
      addItem(doc, 'safety', id('c'), { ...placed, part: 'calls' }, { words: 'Rosa, 555-0142' })
      addItem(doc, 'ideas', id('i'), { ...placed, removed: true }, { words: 'Taken back' })
    })
    const dana = await atTheDoor()
    await wren.admit(dana)
    await dana.open(`/j/${code}/plan?lang=en`)
    expect([...dana.document.querySelectorAll('h2, h3')].map((each) => each.textContent)).toEqual([
      'The question today',
      'What we want life to be like',
      'What we are good at',
      'What worries us',
      'What we agreed',
      'When it gets hard',
      'Whom to call',
    ])
    expect(dana.words).toContain('Quiet <Sundays>')
    expect(dana.words).toContain('Draws daily Miles · Friday, March 5')
    expect(dana.words).toMatch(/Late nights.*No lights Done Thursday, March 4/)
    expect(dana.words).toContain('Rosa may stay over Dana could not agree: Only on weekends')
    expect(dana.words).not.toContain('Taken back')
    await dana.open(`/j/${code}/plan?lang=es`)
    expect(dana.words).toContain('Dana no pudo estar de acuerdo: Only on weekends')
  })

  it('[LG3] shows each line in both languages, the reader’s own first, each marked with its language', async () => {
    await openMeeting({ question: '' })
    await app.app.parts.livePlans.edit(wren.meetingId, wren.participantId, (doc) => {
      const placed = { order: 'a0', removed: false, language: 'es' } as const
      const line = { words: 'Camina <antes> de contestar', other: 'Walks <before> answering' }
      addItem(doc, 'strengths', 's'.repeat(16), { ...placed, who: 'Tomás', day: null }, line)
      addItem(doc, 'goals', goal, placed, { words: 'Más calma', other: 'More calm' })
    })
    const tomas = await atTheDoor('Tomás')
    await wren.admit(tomas)
    const read = async (language: string) => {
      await tomas.open(`/j/${code}/plan?lang=${language}`)
      const marked = [...tomas.document.querySelectorAll('main [lang]')]
      return marked
        .filter(({ tagName }) => tagName !== 'A')
        .map((each) => `${each.getAttribute('lang')}: ${each.textContent}`)
    }
    expect(await read('es')).toEqual([
      'es: Camina <antes> de contestar',
      'en: Walks <before> answering',
      'es: Más calma',
      'en: More calm',
    ])
    expect(await read('en')).toEqual([
      'en: Walks <before> answering',
      'es: Camina <antes> de contestar',
      'en: More calm',
      'es: Más calma',
    ])
  })

  it('[ME28] shows it to nobody who is not in', async () => {
    const rosa = await atTheDoor('Rosa')
    await rosa.open(`/j/${code}/plan`)
    expect(rosa.path).toBe(`/j/${code}/waiting`)
    const stranger = await phone().open(`/j/${code}/plan`)
    expect(stranger.path).toBe(`/j/${code}`)
    await wren.remove(rosa)
    await rosa.open(`/j/${code}/plan`)
    expect(rosa.words).not.toContain('A safe home')
  })

  it('[ME28] is found from the app by a browser that runs no scripts', async () => {
    const elena = new PlainPhone(app, 'Elena')
    for (const [name, value] of (await admitted(wren, 'Elena')).cookies) elena.cookies.set(name, value)
    await elena.open('/j/plan')
    expect(elena.path).toBe(`/j/${code}/plan`)
    const stranger = await phone().open('/j/plan')
    expect(stranger.path).toBe('/j')
  })
})

describe('every page of the door', () => {
  it('[ME30] is small, needs nothing else, keeps the family out of its title and offers the way out', async () => {
    await openMeeting()
    const dana = await atTheDoor()
    const pages = ['/j', `/j/${code}`, '/j/22222222', `/j/${code}/waiting`, `/j/${code}?change=1`]
    for (const language of ['en', 'es']) {
      for (const path of pages) {
        const reader = path === `/j/${code}` ? phone() : dana
        await reader.open(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        expect(reader.bytes, path).toBeLessThanOrEqual(WEIGHT_MAX)
        expect(reader.html, path).not.toMatch(/<img|<link(?! rel="icon" href="data:,")|@import|url\(| style="| on\w+="/)
        expect(reader.document.title, path).not.toMatch(/Miles|family|familia/i)
        expect(reader.words, path).not.toMatch(/\b(?:join|door|common)\.\w/)
        const leave = reader.document.querySelector('a.leave')!
        expect(leave.getAttribute('href')).toBe('https://www.weather.gov/')
        expect(leave.getAttribute('rel')).toBe('noreferrer')
        expect(reader.words).toMatch(/history still shows|historial/)
      }
    }
  })

  it('[ME30] is kept by nobody on the way and allows its own style sheet alone', async () => {
    const dana = await phone().open(`/j/${code}`)
    expect(dana.headers.get('cache-control')).toBe('no-store')
    const policy = dana.headers.get('content-security-policy')!
    expect(policy).not.toContain('unsafe-inline')
    const style = /<style>(.*?)<\/style>/s.exec(dana.html)![1]!
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
    expect(policy).toContain(`'sha256-${Buffer.from(digest).toString('base64')}'`)
  })
})
