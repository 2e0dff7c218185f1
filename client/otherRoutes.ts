import { OTHER_ROUTES } from '../shared/otherRoutes'
import { learnRoutes } from './api'

/** What pages beside the room ask for. */
learnRoutes(OTHER_ROUTES)
