// Session identity inside `metadata.user_id`, as Claude Code writes it.
import { utf8 } from '../../base/bytes.js'
import { JsonCursor } from '../../base/json-span.js'
import { fieldTable } from '../fields.js'
import { readTree, textOf } from '../tree.js'

const FIELDS = fieldTable({ span: ['session_id'] })

/** Older form: `user_HASH_account_UUID_session_UUID`. */
const SESSION_SUFFIX = /_session_([0-9a-zA-Z-]{8,64})$/

/** Undefined for a user id that names no session: two conversations of one user are not one. */
export const sessionOfUserId = (userId: string | undefined): string | undefined => {
  if (userId === undefined) return undefined
  const bytes = utf8(userId)
  const fromJson = userId.startsWith('{')
    ? textOf(bytes, readTree(new JsonCursor(bytes), FIELDS)?.get('session_id'))
    : undefined
  return fromJson ?? SESSION_SUFFIX.exec(userId)?.[1]
}
