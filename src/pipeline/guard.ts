// The one place where the unexpected in a request is caught: it becomes the original, counted and logged.
import { messageOf } from '../base/errors.js'
import { skip } from '../base/skip.js'
import type { Logger } from '../spec/logger.js'
import type { Skip } from '../spec/skip.js'

export const guard = async <T>(logger: Logger, original: (reason: string) => T, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    logger('error', 'request failed inside and goes as it came', { error: messageOf(error) })
    return original('failed')
  }
}

/** One block's work: whatever it throws costs that block its new form, and no other block anything. */
export const guardBlock = <T>(logger: Logger, work: () => T): T | Skip => {
  try {
    return work()
  } catch (error) {
    logger('error', 'a block failed inside and stays as it came', { error: messageOf(error) })
    return skip('failed', messageOf(error))
  }
}
