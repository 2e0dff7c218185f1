import express, { Router, type RequestHandler, type Response } from 'express'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Addresses that open the app in the browser; everywhere else it says that there is nothing. */
export const APP_PATHS: readonly string[] = [
  '/',
  '/signin',
  '/welcome',
  '/account',
  '/accounts',
  '/families/:familyId',
  '/m/:meetingId',
  '/m/:meetingId/before',
  '/m/:meetingId/team',
  '/m/:meetingId/versions',
  '/m/:meetingId/versions/:versionId',
  '/m/:meetingId/compare',
  '/m/:meetingId/releases',
  '/m/:meetingId/record',
  '/m/:meetingId/resume',
  '/keeping',
  '/on-call',
  '/projector',
]

/** Names of these files change with what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable'

/** The built pages: beside the bundle, or from the sources. */
function findFolder(): string {
  const folders = ['../client/', '../../dist/client/'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
  return folders.find((folder) => existsSync(`${folder}assets`)) ?? folders[0]!
}

/** The app's pages and what they load. */
export function createPages(): Router {
  const folder = findFolder()
  const router = Router()
  router.use('/assets', express.static(`${folder}assets`, { index: false, setHeaders: keepForEver, redirect: false }))
  router.use(express.static(folder, { index: false, redirect: false, setHeaders: keepForAnHour }))
  const showApp: RequestHandler = (_request, response, next) => {
    response.sendFile('index.html', { root: folder, cacheControl: false }, (error?: Error) => {
      // A browser that went away meanwhile is nobody's problem.
      if (error && !response.headersSent) next(error)
    })
  }
  for (const path of APP_PATHS) router.get(path, showApp)
  // For people the app says itself that there is nothing here; programs are told by the status alone.
  router.get('/{*anything}', (request, response, next) => {
    if (request.accepts(['json', 'html']) !== 'html') return next()
    response.status(404)
    return showApp(request, response, next)
  })
  return router
}

function keepForAnHour(response: Response): void {
  response.set('Cache-Control', 'public, max-age=3600')
}

function keepForEver(response: Response): void {
  response.set('Cache-Control', FOR_EVER)
}
