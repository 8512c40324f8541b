// The one place where the unexpected in a request is caught: it becomes the original, counted and logged.
import { messageOf } from '../base/errors.js'
import type { Logger } from '../spec/logger.js'

export const guard = async <T>(logger: Logger, original: (reason: string) => T, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    logger('error', 'request failed inside and goes as it came', { error: messageOf(error) })
    return original('failed')
  }
}
