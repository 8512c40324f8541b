export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Structured, to stderr; messages never hold request content, keys or paths above the project. */
export type Logger = (
  level: LogLevel,
  message: string,
  fields?: Readonly<Record<string, string | number | boolean>>,
) => void
