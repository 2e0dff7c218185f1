/** Made by the build from the file of the whole language: the words in `otherWords.ts`. */
declare module '*.others.json' {
  const words: Record<string, never>
  export default words
}
