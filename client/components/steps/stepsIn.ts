import type { InjectionKey, Ref } from 'vue'
import type { Plan } from '../../../shared/plan'

/** The plan whose small steps are read: what is below knows of one promise only. */
export const STEPS_IN: InjectionKey<Readonly<Ref<Plan | null>>> = Symbol('small steps')
