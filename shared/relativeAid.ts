import type { Language } from './meeting'
import type { ActionItem, Plan } from './plan'
import { plainWords } from './services'
import { isClosed, standing } from './standing'

/** Aid for relatives who raise a child, by the words people use for it in both languages; as `plainWords` writes them. */
const RELATIVE_AID =
  /\b(relatives?|kin|kinship|caregivers?)( care(givers?)?)? (aid|payments?|money|cash|benefits?|assistance|funding)\b|\b(aid|money|payments?|assistance) (for|to) (relatives?|kin|kinship|caregivers?)\b|\b(ayuda|apoyo|pago|dinero|beneficios?)( economic[oa])? para( (los|las|el|la|un|una|\w+ como))? (familiar(es)?|parientes?|cuidador(a|es|as)?)\b/

/** Where the plan asks for that aid already, or did; null where nobody has yet. What was let go of asks for nothing. */
export function findRelativeAid(plan: Plan): ActionItem | null {
  const asks = standing(plan, 'actions').filter((action) => !isClosed(action) || action.state === 'done')
  return asks.find(({ words, other }) => RELATIVE_AID.test(plainWords(`${words} · ${other}`))) ?? null
}

const ASK: Record<Language, (name: string) => string> = {
  en: (name) => `Ask for aid for relatives who raise a child: ${name}.`,
  es: (name) => `Pedir la ayuda para familiares que crían a un niño: ${name}.`,
}

/** The promise by which a plan asks for it. */
export const relativeAidWords = (language: Language, name: string): string => ASK[language](name)
