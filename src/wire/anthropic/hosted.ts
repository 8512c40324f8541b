// Anthropic's models on other platforms: the same bodies, the model in the path.
// docs.cloud.google.com, Vertex AI, partner models; docs.aws.amazon.com, Bedrock, InvokeModel (both read 2026-11-25).

const PATHS: readonly RegExp[] = [
  /\/publishers\/anthropic\/models\/([^/:]+):(?:rawPredict|streamRawPredict)$/,
  /\/model\/([^/]*anthropic\.[^/]+)\/invoke(?:-with-response-stream)?$/,
]

/** A model in whose name Vertex AI counts tokens: no call of a model. */
const COUNTER = 'count-tokens'

/** Undefined for every other path. Bedrock's ids hold colons, which clients may write as `%3A`. */
export const hostedModel = (path: string): string | undefined => {
  for (const pattern of PATHS) {
    const model = pattern.exec(path)?.[1]
    if (model !== undefined && !model.startsWith(COUNTER)) return model.replace(/%3a/gi, ':').replace(/%40/g, '@')
  }
  return undefined
}
