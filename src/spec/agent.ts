import type { Dialect } from './wire.js'

/** What one launch is pointed at. */
export interface LaunchTarget {
  /** Base URL of the proxy, without a path. */
  readonly url: string
  /** Folder of the originals that a marker may point to. */
  readonly filesDir: string
  /** Command line of our MCP server; absent: none is wanted. */
  readonly mcp?: readonly string[]
  /** The environment the user launched from: own settings of theirs are kept. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/** What a child process gets on top of what the user gave: no file is written. */
export interface Launch {
  readonly env: Readonly<Record<string, string>>
  /** Put before the user's own arguments. */
  readonly args?: readonly string[]
  /** Said before the start, e.g. that a model provider of the user's own stays untouched. */
  readonly notes?: readonly string[]
}

/** Providers that a proxy has an upstream for. */
export type UpstreamKind = 'anthropic' | 'openai' | 'gemini'

/** Where a key travels: a header, or the query as `key=`. */
export type KeyPlace = 'x-api-key' | 'bearer' | 'x-goog-api-key' | 'query'

/** One kind of model request as the client sends it when it is pointed at the proxy. */
export interface AgentCall {
  readonly dialect: Dialect
  /** Path and query, without the key, e.g. `/v1/messages?beta=true`. */
  readonly path: string
  readonly key: KeyPlace
  /** Its own headers besides key and content type. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One program that talks to a model, as data. A new agent is one file and a line in the list. */
export interface AgentSpec {
  readonly id: string
  readonly title: string
  /** Names of its program, the usual one first. Empty: it has none that can be launched. */
  /** What its requests say in User-Agent, so that the ledger can tell who sent them; absent: that of a library, or not known. */
  readonly userAgent?: RegExp
  readonly binaries: readonly string[]
  readonly install: string
  readonly dialects: readonly Dialect[]
  /** Requests that `doctor` sends in its stead; absent: the usual one of each dialect. */
  readonly calls?: readonly AgentCall[]
  /** What the client switches off by itself behind a base URL that is not its provider's; said before the launch. */
  readonly loses?: string
  /** Variables in which a user may have set a base URL already: the proxy then sends on to that one. */
  readonly baseUrlFrom?: Readonly<Partial<Record<UpstreamKind, readonly string[]>>>
  /** Where its requests go unless the user said otherwise. */
  readonly upstream?: Readonly<Partial<Record<UpstreamKind, string>>>
  /** Absent: it cannot be pointed at a proxy from outside; `setup` says what to do by hand. */
  launch?(target: LaunchTarget): Launch
  /** The entry of an MCP server in its own configuration; absent: it has none that we know. */
  mcpEntry?(folders: UserFolders, server: readonly string[]): FileChange
  /** Its hooks, where a run of it has shown that they replace a tool's result; else a sentence that says what was seen. */
  readonly hooks?: AgentHooks | string
  /** By hand, in a line or two, with `URL` where the base URL goes. */
  readonly setup?: string
  /** Where the facts come from, and when they were checked. */
  readonly source: string
}

/** One setting in a client's own file. */
export interface Setting {
  /** Where it stands, e.g. `['mcpServers', 'headroom']`; with `-` as last step an item is put at the end of a list. */
  readonly at: readonly string[]
  readonly value: unknown
}

/** A change of one file that a client reads. */
export interface FileChange {
  /** Absolute. */
  readonly path: string
  readonly format: 'json' | 'toml' | 'yaml'
  readonly settings: readonly Setting[]
}

/** Where a user's files lie. */
export interface UserFolders {
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: 'linux' | 'darwin' | 'win32'
}

/** A file of our own, whole: nobody else writes into it. */
export interface OwnFile {
  readonly path: string
  readonly text: string
}

/** Why an event is left alone. */
export type HookSkip =
  /** Another event than the one whose answer replaces a result. */
  | 'other-event'
  /** The tool failed, and the client takes no replacement for that. */
  | 'failed-tool'
  /** The client has put the output into a file and shows too little of it for anything else to fit. */
  | 'saved-to-file'
  /** Text that an agent edits from, or that has no text of its own. */
  | 'not-this-tool'
  /** Not the shape that this client's replacement was proved with. */
  | 'unknown-shape'

export interface SavedOutput {
  readonly path: string
  readonly bytes?: number
  /** What the model would see otherwise; a longer text is no gain. */
  readonly shown: string
}

/** What a client's hook tells about one finished tool call. */
export type HookEvent =
  | {
      readonly tool: { readonly name: string; readonly input: unknown }
      /** Texts of the result that the model would see. */
      readonly texts: readonly string[]
      /** The client keeps the whole output in this file and shows a piece of it: one text may stand for the whole. */
      readonly saved?: SavedOutput
      /** The answer by which the client puts other texts in their place; everything else of the result as it came. */
      answer(texts: readonly string[]): unknown
    }
  | { readonly skip: HookSkip }

/** One headless session of the client against a scripted upstream that speaks Anthropic's format. */
export interface HookProbe {
  /** `home` is a scratch folder; `url` the upstream. */
  launch(at: { readonly url: string; readonly home: string }): Launch & { readonly files?: readonly OwnFile[] }
  /** The tool call that runs a shell command, and the one that reads a file, as the model would make them. */
  shell(command: string): ToolCall
  read(path: string): ToolCall
}

export interface ToolCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** Hooks of a client whose answer really takes the place of a tool's result. */
export interface AgentHooks {
  /** Event whose answer replaces. */
  readonly event: string
  /** Everything that is written. `argv` runs `hook run`; what is written does nothing where its files are gone (H-5). */
  changes(
    folders: UserFolders,
    hook: { readonly argv: readonly string[]; readonly filesDir: string },
  ): readonly (FileChange | OwnFile)[]
  /** The setting, among the changes, by which the client's own tools may open originals; absent: it has none. */
  opens?(folders: UserFolders, filesDir: string): FileChange
  read(event: unknown): HookEvent
  readonly probe: HookProbe
}
