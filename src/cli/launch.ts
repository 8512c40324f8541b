// Runs another program in our place: its own streams, its own signals, its own exit code.
import { constants } from 'node:os'
import spawn from 'cross-spawn'

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

/** Exit codes as shells give them: 127 not found, 126 not executable, 128 + signal. */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

/** Resolves with the exit code. Ctrl-C reaches the program itself through the terminal; other signals are handed on. */
export const launch = ({ file, args, env, cwd }: Program): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(file, [...args], { stdio: 'inherit', env: { ...env }, cwd })
    const ignore = (): void => undefined
    const handOn = (signal: NodeJS.Signals): void => void child.kill(signal)
    process.on('SIGINT', ignore)
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, handOn)
    const end = (code: number): void => {
      process.off('SIGINT', ignore)
      for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.off(signal, handOn)
      resolve(code)
    }
    child.once('error', (error: NodeJS.ErrnoException) => end(error.code === 'ENOENT' ? NOT_FOUND : NOT_EXECUTABLE))
    child.once('exit', (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
