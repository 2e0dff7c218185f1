import type { InjectionKey } from 'vue'
import type { Promised } from '../../../shared/promise'

/** On the page of a version: what owners had said when it was made, instead of what they say now. */
export const SAID_IN_VERSION: InjectionKey<readonly Promised[]> = Symbol('said in a version')
