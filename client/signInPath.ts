import type { RouteLocationRaw } from 'vue-router'

/** The way to the sign-in page and back to `path` afterwards. */
export function signInPath(path: string): RouteLocationRaw {
  return { name: 'signin', query: path === '/' ? {} : { back: path } }
}

/** The path to go back to after signing in: only one of our own, so no link can send a person elsewhere. */
export function ownPath(wish: unknown): string {
  if (typeof wish !== 'string' || !wish.startsWith('/')) return '/'
  const url = new URL(wish, location.origin)
  return url.origin === location.origin && !wish.startsWith('//') ? url.pathname + url.search : '/'
}
