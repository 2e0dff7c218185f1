import * as Y from 'yjs'

/** Any shared type. */
type Shared = Y.Doc['share'] extends Map<string, infer T> ? T : never

/** All strings in a document in their order, also in places that no plan has. */
export function docWords(doc: Y.Doc): string {
  const types = new Set<Shared>(doc.share.values())
  for (const structs of doc.store.clients.values()) {
    for (const struct of structs) {
      if (struct instanceof Y.Item && struct.content instanceof Y.ContentType) types.add(struct.content.type)
    }
  }
  return [...types].map(stringsOf).join('\n')
}

function stringsOf(type: Shared): string {
  const said: string[] = []
  const inOrder = (first: Y.Item | null) => {
    for (let item = first; item; item = item.right) {
      if (item.content instanceof Y.ContentString) said.push(item.content.str)
      else said.push(JSON.stringify(item.content.getContent().filter((one) => typeof one !== 'object')))
    }
  }
  inOrder(type._start)
  for (const item of type._map.values()) inOrder(item)
  return said.join('')
}
