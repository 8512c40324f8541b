// Names of offered tools: at the top level, in namespaces, and in items that add tools later.
import { partsOf } from '../content.js'
import type { Finds } from '../scan.js'
import { type JsonNode, textOf } from '../tree.js'

/** A namespace gives the names of its tools; a built-in tool without a name gives its type. */
export const addToolNames = (finds: Finds, tools: JsonNode | undefined): void => {
  for (const { node, type } of partsOf(finds.body, tools, [])) {
    if (type === 'namespace') addToolNames(finds, node.get('tools'))
    else {
      const name = textOf(finds.body, node.get('name')) ?? type
      if (name !== undefined) finds.toolNames.push(name)
    }
  }
}
