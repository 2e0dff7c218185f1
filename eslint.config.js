import vue from 'eslint-plugin-vue'
import a11y from 'eslint-plugin-vuejs-accessibility'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Which folder may import which: the arrows of the house, one list. */
const forbidden = (...patterns) => ({
  'no-restricted-imports': [
    'error',
    { patterns: patterns.map(([group, message]) => ({ group: [group].flat(), message })) },
  ],
})
const NODE = ['node:*', 'Only the server and the tests run on Node.']
const SERVER = ['**/server/**', 'Only tests may import the server.']
const CLIENT = ['**/client/**', 'Only tests may import the client.']
const CAPABILITIES = [
  [
    '**/meetings/**',
    '**/people/**',
    '**/versions/**',
    '**/families/**',
    '**/join/**',
    '**/releases/**',
    '**/stages/**',
    '**/speaking/**',
    '**/record/**',
    '**/keeping/**',
  ],
  'This folder stands below the capabilities; it may not know them.',
]

export default ts.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'screenshots/'] },
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  ...a11y.configs['flat/recommended'],
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['client/**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: ts.parser }, globals: { ...globals.browser } },
    rules: {
      'vue/html-self-closing': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/multi-word-component-names': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      ...forbidden(NODE, SERVER),
    },
  },
  { files: ['client/vite.config.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['shared/**/*.ts'],
    rules: forbidden(NODE, SERVER, CLIENT, [['mongoose', 'express', 'vue', 'ws'], 'shared is yjs and zod/mini only.']),
  },
  { files: ['server/**/*.ts'], rules: forbidden(CLIENT) },
  {
    files: ['server/access/**/*.ts', 'server/http/**/*.ts'],
    rules: forbidden(CLIENT, CAPABILITIES, [['**/live/**'], 'access and http import no capability.']),
  },
  { files: ['server/live/**/*.ts'], rules: forbidden(CLIENT, CAPABILITIES) },
  {
    files: ['server/embedded-mongo/**/*.ts'],
    rules: forbidden(CLIENT, CAPABILITIES, [
      ['**/shared/**', '**/live/**', '**/access/**', '**/http/**', 'mongoose'],
      'The embedded store knows nothing of the app.',
    ]),
  },
  { files: ['tests/**/*.ts', 'server/embedded-mongo/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
)
