import type { ContentType, Origin } from '../spec/content.js'
import type { Policy, PolicyName, PolicyRule } from '../spec/policy.js'

/** `*` any run of characters, `?` one; the whole text must match. Linear: no regular expression, no backtracking beyond the last `*`. */
export const matchesGlob = (glob: string, text: string): boolean => {
  let at = 0
  let globAt = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    if (globAt < glob.length && glob[globAt] === '*') {
      star = globAt++
      resume = at
    } else if (globAt < glob.length && (glob[globAt] === '?' || glob[globAt] === text[at])) {
      globAt++
      at++
    } else if (star !== -1) {
      globAt = star + 1
      at = ++resume
    } else return false
  }
  while (glob[globAt] === '*') globAt++
  return globAt === glob.length
}

/** Use of the first rule whose every field matches; a field about something the origin lacks does not match. */
export const policyFor = (policy: Policy, origin: Origin, type: ContentType): PolicyName | 'off' =>
  policy.rules.find((rule) => matchesRule(rule, origin, type))?.use ?? policy.name

const matchesRule = (rule: PolicyRule, origin: Origin, type: ContentType): boolean =>
  (rule.tool === undefined || (origin.toolName !== undefined && matchesGlob(rule.tool, origin.toolName))) &&
  (rule.path === undefined || (origin.path !== undefined && matchesGlob(rule.path, origin.path))) &&
  (rule.type === undefined || rule.type === type)
