import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, startLanguage } from './i18n'
import { hearWayOut } from './leavePage'
import { router } from './router'
import './styles/main.css'

hearWayOut()
const app = createApp(App).use(createPinia()).use(i18n)
// The first page and the words are fetched side by side: on a slow line each turn takes seconds.
const words = startLanguage()
app.use(router)
await words
app.mount('#app')
