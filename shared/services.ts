/**
 * The services that agencies ask of families, by the words people use for them in both languages; looked for in this
 * order, so that family therapy is not therapy, and a speech therapist no therapist. Words are compared in small letters
 * and without accents.
 */
const SERVICES: readonly (readonly [service: string, words: RegExp])[] = [
  ['speech', /\b(speech|language) (therap\w*|check\w*|screen\w*)|\b(terapia|prueba) (del? )?(habla|lenguaje)/],
  ['physical therapy', /\bphysical therap\w*|\bterapia fisica|\bfisioterapia/],
  ['occupational therapy', /\boccupational therap\w*|\bterapia ocupacional/],
  ['anger', /\banger (management|class\w*|group)|\b(control|manejo) (de la|del|de su) (ira|enojo|coraje)/],
  ['violence', /\b(domestic violence|batterers?)\b|\bviolencia (domestica|familiar|en el hogar)/],
  ['drug test', /\b(drug|urine|ua) (test|screen)\w*|\b(pruebas?|examen(es)?) de (drogas?|orina)/],
  [
    'recovery',
    /\b(drug|substance|alcohol|recovery|sober\w*)( \w+)? (treatment|program|group|class\w*|counsel\w*|meetings?)|\brehab\w*|\b(tratamiento|programa|grupo|reuniones) (de|para|contra|por)( el| las?)? (drogas?|alcohol\w*|adiccion\w*|recuperacion|sobriedad)/,
  ],
  [
    'parenting',
    /\bparent(ing|s|hood)? (class\w*|course|group|program|training|education|skills|workshop)|\bparenting\b|\b(clases?|curso|taller|escuela|grupo|programa) (de|para|sobre)( los)? (padres|crianza|paternidad)|\bcrianza\b/,
  ],
  [
    'work',
    /\b(job|work|employment|career) (club|search|readiness|training|workshop|skills|class\w*|program|preparation)|\bresume (class|workshop)|\b(club|busqueda|taller|curso|programa) de (empleo|trabajo)|\b(capacitacion|formacion) laboral/,
  ],
  ['family therapy', /\bfamily (therap\w*|counsel\w*|session)|\b(terapia|consejeria|sesion) (familiar|de familia)/],
  ['couples therapy', /\b(couples?|marriage) (therap\w*|counsel\w*)|\b(terapia|consejeria) (de|para) (la )?parejas?/],
  [
    'evaluation',
    /\b(psych\w*|mental health) (evaluation|assessment|exam\w*|screening)|\b(evaluacion|examen) (psicologic\w*|psiquiatric\w*|de salud mental)/,
  ],
  ['tutoring', /\btutor\w*|\bhomework (help|club)|\btutoria\w*|\bayuda con (la|su) tarea|\bapoyo escolar/],
  [
    'money',
    /\bbudget\w*|\b(money management|financial (literacy|education|class))|\bpresupuesto|\beducacion financiera/,
  ],
  [
    'homes',
    /\b(apartment|housing|home|flat) (search|viewings?|hunt\w*)|\bviewings? of (a|the|an) (flat|apartment|house|home)|\b(find|look for|search for|look at|show \w+)( \w+)? (apartments?|flats?|housing|homes?)|\b(buscar|ver|mirar|mostrar)( \w+)? (vivienda|apartamentos?|departamentos?|casas?)|\bbusqueda de vivienda/,
  ],
  [
    'diploma',
    /\bged\b|\b(high school equivalency|adult (school|education))|\bescuela (de|para) adultos|\bequivalencia/,
  ],
  ['english', /\b(english|esl) (class\w*|course|lessons)|\b(clases?|curso) de ingles/],
  ['home visits', /\bhome visit\w*|\bvisitas? (al hogar|a (la|su) casa|domiciliarias?)/],
  ['child care', /\b(child|day) ?care\b|\bcuidado (de ninos|infantil)|\bguarderia/],
  [
    'rides',
    /\bbus (cards?|pass\w*|tickets?)|\btransportation|\b(pases?|tarjetas?|boletos?) (de|del|para el) (bus|autobus|camion)/,
  ],
  ['dentist', /\bdentist\w*|\bdental\b/],
  [
    'doctor',
    /\b(medical|health|physical) (exam\w*|check ?-?ups?|visit|appointment)|\bcheck ?-?up|\b(cita|examen|revision) medic\w*/,
  ],
  ['food', /\bfood (box\w*|bank|shelf|pantry)|\bdespensa|\bbanco de (alimentos|comida)/],
  ['mentoring', /\bmentor\w*/],
  ['therapy', /\btherap(y|ist)\b|\bcounsel\w*|\bterapia|\bterapeuta|\bconsejeria|\bpsicolog[oa]\b/],
]

/** What is done around a service instead of going to it: somebody drives there, pays for it, asks for its papers. */
const AROUND: readonly (readonly [what: string, words: RegExp])[] = [
  ['ride', /\b(drives?|rides?|take \w+ to|brings? \w+ (to|home)|llev\w+|recog\w+)\b/],
  ['pay', /\b(pays?|paid|cover|fees?|refund|reimburse|cost|waiv\w+|pag(a|ar|ue|os?)|cuota|costo|reembols\w+)\b/],
  [
    'papers',
    /\b(report|letter|certificate|proof|forms?|papers|records?|release|carta|constancia|comprobante|formulario|informe|papeles)\b/,
  ],
  [
    'find',
    /\b(refer\w*|sign(s|ed)? (\w+ )?up|enroll\w*|lists? of|waiting list|look into|ask (about|for)|inscri\w+|referi\w+|lista (de|para)|pregunt\w+)\b/,
  ],
  ['watch', /\b(watch\w*|babysit\w*|care for|stay(s)? with|cuid(a|ar|e))\b.*\b(during|while|durante|mientras)\b/],
  ['talk', /\b(calls?|remind\w*|texts?|llam(a|ar|e)|record(ar|ara)|avis(a|ar|e))\b/],
  ['end', /\b(cancel\w*|stop|end|drop|instead of|no longer|cancel(a|ar)|dejar|en lugar de)\b/],
]

/** Small letters, no accents, no marks: how words of a plan are compared. */
export const plainWords = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** What words were found to ask for: a plan is read again with every letter, and nearly all of it stays the same. */
const known = new Map<string, string | null>()
const KNOWN_MOST = 1_000

function findService(words: string): string | null {
  const service = SERVICES.find(([, said]) => said.test(words))?.[0]
  if (!service) return null
  const around = AROUND.find(([, said]) => said.test(words))?.[0]
  return around ? `${service}, ${around}` : service
}

/**
 * What is asked for, in whichever of the two languages: "parenting", or "parenting, pay" where somebody pays for it.
 *
 * @param words as `plainWords` gives them
 * @returns null where it is none of the services that are known
 */
export function serviceOf(words: string): string | null {
  let service = known.get(words)
  if (service === undefined) {
    if (known.size >= KNOWN_MOST) known.clear()
    service = findService(words)
    known.set(words, service)
  }
  return service
}
