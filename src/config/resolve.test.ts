import { describe, expect, it } from 'vitest'
import { HeadroomError } from '../base/errors.js'
import { type OptionKey, options } from './options.js'
import { type ConfigInput, resolveConfig } from './resolve.js'

const messageOf = (input: ConfigInput): string => {
  try {
    resolveConfig(input)
  } catch (error) {
    if (HeadroomError.isInstance(error) && error.code === 'CONFIG_INVALID') return error.message
    throw error
  }
  throw new Error('resolved without complaint')
}

// Three values per option, none of them the default: as text, and what the configuration then holds.
const samples: Record<OptionKey, readonly (readonly [text: string, value: string | number])[]> = {
  home: [
    ['/a/home', '/a/home'],
    ['/b/home', '/b/home'],
    ['/c/home', '/c/home'],
  ],
  policy: [
    ['strict', 'strict'],
    ['max', 'max'],
    ['strict', 'strict'],
  ],
  host: [
    ['::1', '::1'],
    ['localhost', 'localhost'],
    ['127.0.0.2', '127.0.0.2'],
  ],
  port: [
    ['5', 5],
    ['9000', 9000],
    ['65535', 65_535],
  ],
  token: [
    ['one', 'one'],
    ['two', 'two'],
    ['three', 'three'],
  ],
  upstreamAnthropic: [
    ['http://127.0.0.1:1/', 'http://127.0.0.1:1'],
    ['https://gateway.example/anthropic', 'https://gateway.example/anthropic'],
    ['https://b.example', 'https://b.example'],
  ],
  upstreamOpenai: [
    ['http://127.0.0.1:2', 'http://127.0.0.1:2'],
    ['https://gateway.example/openai//', 'https://gateway.example/openai'],
    ['https://c.example', 'https://c.example'],
  ],
  upstreamGemini: [
    ['http://127.0.0.1:3', 'http://127.0.0.1:3'],
    ['https://gateway.example/gemini', 'https://gateway.example/gemini'],
    ['https://d.example', 'https://d.example'],
  ],
  deadlineMs: [
    ['1', 1],
    ['100', 100],
    ['60000', 60_000],
  ],
  retrieval: [
    ['wire', 'wire'],
    ['auto', 'auto'],
    ['wire', 'wire'],
  ],
  repack: [
    ['net-cost', 'net-cost'],
    ['cold', 'cold'],
    ['net-cost', 'net-cost'],
  ],
  holdoutPercent: [
    ['5', 5],
    ['10', 10],
    ['50', 50],
  ],
  alignPrefix: [
    ['on', 'on'],
    ['off', 'off'],
    ['on', 'on'],
  ],
  trimTools: [
    ['on', 'on'],
    ['off', 'off'],
    ['on', 'on'],
  ],
  workers: [
    ['1', 1],
    ['4', 4],
    ['64', 64],
  ],
  storeMaxBytes: [
    ['512MB', 512_000_000],
    ['3GiB', 3 * 2 ** 30],
    ['1500000', 1_500_000],
  ],
  storeMaxAgeDays: [
    ['1', 1],
    ['7', 7],
    ['365', 365],
  ],
  logLevel: [
    ['debug', 'debug'],
    ['error', 'error'],
    ['warn', 'warn'],
  ],
}

describe('every option', () => {
  for (const option of options) {
    const [flag, env, file] = samples[option.key]

    it(`${option.flag}: flag over ${option.env} over file over default, and each changes the configuration (I-7)`, () => {
      const input = {
        flags: { [option.key]: flag![0] },
        env: { [option.env]: env![0] },
        file: { path: 'config.json', values: { [option.key]: file![0] } },
      }
      const all = option.inFile ? input : { flags: input.flags, env: input.env }
      const { flags: _flags, ...withoutFlag } = all

      const byFlag = resolveConfig(all)
      expect([byFlag.config[option.key], byFlag.sources[option.key]]).toEqual([flag![1], 'flag'])
      expect(byFlag.places[option.key]).toBe(option.flag)

      const byEnv = resolveConfig(withoutFlag)
      expect([byEnv.config[option.key], byEnv.sources[option.key]]).toEqual([env![1], 'env'])
      expect(byEnv.places[option.key]).toBe(option.env)

      if (option.inFile) {
        const byFile = resolveConfig({ file: input.file })
        expect([byFile.config[option.key], byFile.sources[option.key]]).toEqual([file![1], 'file'])
        expect(byFile.places[option.key]).toBe('config.json')
      }

      const byDefault = resolveConfig({})
      expect(byDefault.sources[option.key]).toBe('default')
      for (const [, value] of samples[option.key].slice(0, 1)) expect(byDefault.config[option.key]).not.toBe(value)
    })

    it(`${option.flag}: refuses a value of the wrong kind and says where it came from`, () => {
      const message = messageOf({ env: { [option.env]: 'no such\nthing\0' } })
      expect(message).toContain(option.key)
      expect(message).toContain(option.env)
    })
  }

  it('has flag, variable and key of the same words', () => {
    expect(options.map(({ flag, env, key }) => [flag, env, key])).toContainEqual([
      '--store-max-age-days',
      'HEADROOM_STORE_MAX_AGE_DAYS',
      'storeMaxAgeDays',
    ])
    for (const key of ['port', 'home', 'policy', 'upstream-anthropic', 'upstream-openai'])
      expect(options.map(({ flag }) => flag)).toContain(`--${key}`)
  })
})

describe('resolveConfig', () => {
  it('gives the documented defaults', () => {
    const { config } = resolveConfig({})
    expect(config).toMatchObject({
      port: 8787,
      host: '127.0.0.1',
      policy: 'balanced',
      upstreamAnthropic: 'https://api.anthropic.com',
      upstreamOpenai: 'https://api.openai.com',
      upstreamGemini: 'https://generativelanguage.googleapis.com',
      deadlineMs: 250,
      rules: [],
    })
    expect(config.home.endsWith('.headroom')).toBe(true)
    expect('token' in config).toBe(false)
  })

  it('names the nearest valid name for an unknown flag, variable or key, and where it stood (I-7)', () => {
    expect(messageOf({ flags: { prot: '1' } })).toMatch(/flag "prot" on the command line.*"--port"/)
    expect(messageOf({ env: { HEADROOM_UPSTREAM_ANTROPIC: 'x' } })).toMatch(
      /"HEADROOM_UPSTREAM_ANTROPIC" in the environment.*"HEADROOM_UPSTREAM_ANTHROPIC"/,
    )
    expect(messageOf({ file: { path: 'h/config.json', values: { store_max_byte: 1 } } })).toMatch(
      /"store_max_byte" in h\/config.json.*"storeMaxBytes"/,
    )
    expect(messageOf({ project: { path: 'p/config.json', values: { polcy: 'max' } } })).toMatch(/"policy"/)
  })

  it('leaves variables of other programs alone and takes an empty one as not set', () => {
    const { sources } = resolveConfig({ env: { PATH: '/bin', HEADROOM: 'x', HEADROOM_PORT: '' } })
    expect(sources.port).toBe('default')
  })

  it('lets a project set policy and rules, and nothing that directs requests elsewhere', () => {
    const project = { path: 'p', values: { policy: 'strict', rules: [{ tool: 'Bash', use: 'off' }] } }
    const file = { path: 'f', values: { policy: 'max', rules: [{ use: 'balanced' }] } }
    const { config, sources } = resolveConfig({ project, file })
    expect(config.policy).toBe('strict')
    expect(sources.policy).toBe('project')
    expect(config.rules).toEqual([{ tool: 'Bash', use: 'off' }, { use: 'balanced' }])
    expect(messageOf({ project: { path: 'p', values: { upstreamOpenai: 'https://evil.example' } } })).toMatch(
      /cannot be set by a project/,
    )
  })

  it('lets an explicit flag win over a project file (B-12)', () => {
    const project = { path: 'p', values: { policy: 'strict' } }
    expect(resolveConfig({ flags: { policy: 'max' }, project }).config.policy).toBe('max')
  })

  it('refuses a misspelt rule instead of ignoring it (I-7)', () => {
    const rules = (value: unknown): string => messageOf({ file: { path: 'f', values: { rules: value } } })
    expect(rules([{ tol: 'Bash', use: 'off' }])).toMatch(/rules\[0\].*"tol".*"tool".*\(in f\)/)
    expect(rules([{ use: 'of' }])).toMatch(/rules\[0\]\.use.*"off"/)
    expect(rules([{ tool: 'Bash' }])).toMatch(/"use" is missing/)
    expect(rules([{ tool: 'Bash', type: 'jsn', use: 'off' }])).toMatch(/"json"/)
    expect(rules({ use: 'off' })).toMatch(/expected a list/)
    expect(rules(['off'])).toMatch(/expected an object/)
    expect(rules([{ tool: 3, use: 'off' }])).toMatch(/rules\[0\]\.tool/)
  })

  it('wants a token before it listens to other machines (J-1)', () => {
    expect(messageOf({ flags: { host: '0.0.0.0' } })).toMatch(/needs a token/)
    expect(resolveConfig({ flags: { host: '0.0.0.0', token: 't' } }).config.token).toBe('t')
  })

  it('refuses an upstream that is the proxy itself (F-6)', () => {
    expect(messageOf({ flags: { upstreamOpenai: 'http://localhost:8787' } })).toMatch(/come back to it/)
    expect(resolveConfig({ flags: { upstreamOpenai: 'http://localhost:8788' } }).config.port).toBe(8787)
  })

  it('never prints a secret it refuses', () => {
    expect(messageOf({ flags: { token: 'two words' } })).not.toContain('two words')
  })

  it('refuses an upstream with credentials in it (J-2)', () => {
    expect(messageOf({ flags: { upstreamAnthropic: 'https://user:pass@a.example' } })).toMatch(/without user/)
  })

  it('refuses a file that is not an object', () => {
    expect(messageOf({ file: { path: 'f', values: [] } })).toMatch(/f must hold one JSON object/)
  })

  it('does not let a file move the folder it lies in', () => {
    expect(messageOf({ file: { path: 'f', values: { home: '/x' } } })).toMatch(/use --home or HEADROOM_HOME/)
  })
})
