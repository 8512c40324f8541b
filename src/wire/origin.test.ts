import { describe, expect, it } from 'vitest'
import { callOfScript, callOfText } from './origin.js'

const originOf = (args: unknown) => callOfText(undefined, JSON.stringify(args)).origin

describe('origin of a result', () => {
  it('takes command, path and pattern from the names that tools use', () => {
    expect(originOf({ command: 'ls -la', timeout: 5 })).toEqual({ command: 'ls -la' })
    expect(originOf({ cmd: ['rg', 'x y', 'src'] })).toEqual({ command: 'rg x y src' })
    expect(originOf({ command: ['/bin/bash', '-lc', 'cd a && make'] })).toEqual({ command: 'cd a && make' })
    expect(originOf({ command: ['powershell.exe', '-Command', 'dir'] })).toEqual({ command: 'dir' })
    expect(originOf({ file_path: '/a/b.ts', offset: 3 })).toEqual({ path: '/a/b.ts' })
    expect(originOf({ regex: 'x+', path: 'src', command: '' })).toEqual({ pattern: 'x+', path: 'src' })
    expect(originOf({ files: [{ path: 'a.ts' }] })).toEqual({ path: 'a.ts' })
    expect(originOf({ paths: ['a.ts', 'b.ts'] })).toEqual({})
    expect(originOf({ command: { path: 'nested' }, path: 7 })).toEqual({})
  })

  it('names the tool only where arguments are malformed, foreign or absent', () => {
    for (const json of ['', '{"command":"ls"', '[1]', '"x"', undefined])
      expect(callOfText('run', json)).toEqual({ origin: { toolName: 'run' } })
  })

  it('reads literal commands of a script and no others', () => {
    const commandOf = (script: string) => callOfScript('exec', script).origin.command
    expect(
      commandOf(`const r = await tools.exec_command({cmd: 'echo \\'a\\'\\x41\\u{1F600}', yield_time_ms: 1})`),
    ).toBe("echo 'a'A😀")
    expect(commandOf('tools.exec_command({\n  workdir: "/r",\n  cmd: `cat <<E\nx\nE`,\n})')).toBe('cat <<E\nx\nE')
    expect(commandOf('tools.exec_command({cmd: `ls $' + '{dir}`}); tools.exec_command({cmd})')).toBeUndefined()
    expect(commandOf('tools.exec_command({xcmd: "no"})')).toBeUndefined()
  })

  it('reads adversarial scripts in linear time (J-7)', () => {
    const started = process.cpuUsage()
    for (const unit of ['exec_command({', 'exec_command({cmd:"', 'exec_command({cmd:"\\', 'exec_command({cmd:`$'])
      callOfScript('exec', unit.repeat(60_000 / unit.length))
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(250)
  })
})
