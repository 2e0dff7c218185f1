import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from 'vue-router'
import { withOtherWords } from './i18n'

const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: withOtherWords(() => import('./pages/HomePage.vue')) },
  { path: '/signin', name: 'signin', component: withOtherWords(() => import('./pages/SignInPage.vue')) },
  { path: '/welcome', name: 'welcome', component: withOtherWords(() => import('./pages/WelcomePage.vue')) },
  { path: '/account', name: 'account', component: withOtherWords(() => import('./pages/AccountPage.vue')) },
  { path: '/accounts', name: 'accounts', component: withOtherWords(() => import('./pages/AccountsPage.vue')) },
  {
    path: '/families/:familyId',
    name: 'family',
    component: withOtherWords(() => import('./pages/FamilyPage.vue')),
    props: true,
  },
  { path: '/m/:meetingId', name: 'room', component: () => import('./pages/RoomPage.vue'), props: true },
  {
    path: '/m/:meetingId/before',
    name: 'before',
    component: withOtherWords(() => import('./pages/BeforePage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/team',
    name: 'team',
    component: withOtherWords(() => import('./pages/TeamPage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/versions',
    name: 'versions',
    component: withOtherWords(() => import('./pages/VersionsPage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/versions/:versionId',
    name: 'version',
    component: withOtherWords(() => import('./pages/VersionPage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/releases',
    name: 'releases',
    component: withOtherWords(() => import('./pages/ReleasesPage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/compare',
    name: 'compare',
    component: withOtherWords(() => import('./pages/ComparePage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/record',
    name: 'record',
    component: withOtherWords(() => import('./pages/RecordPage.vue')),
    props: true,
  },
  {
    path: '/m/:meetingId/resume',
    name: 'resume',
    component: withOtherWords(() => import('./pages/ResumePage.vue')),
    props: true,
  },
  { path: '/on-call', name: 'on-call', component: withOtherWords(() => import('./pages/OnCallPage.vue')) },
  { path: '/keeping', name: 'keeping', component: withOtherWords(() => import('./pages/KeepingPage.vue')) },
  { path: '/projector', name: 'projector', component: withOtherWords(() => import('./pages/ProjectorPage.vue')) },
  { path: '/:rest(.*)*', name: 'nothing', component: () => import('./pages/NothingPage.vue') },
]

/** A new release took the files of this page away, or the line broke: the address itself may still work. */
function openWhole(_problem: unknown, to: RouteLocationNormalized, from: RouteLocationNormalized): void {
  const isFirst = from.matched.length === 0
  if (!isFirst) location.assign(to.fullPath)
}

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? undefined : { top: 0 }),
})

router.onError(openWhole)
