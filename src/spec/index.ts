// Every interface of the engine, for those who write hooks, compressors, stores or codecs.
export type {
  AgentHooks,
  AgentSpec,
  FileChange,
  HookEvent,
  HookProbe,
  HookSkip,
  Launch,
  LaunchTarget,
  OwnFile,
  SavedOutput,
  Setting,
  ToolCall,
  UserFolders,
} from './agent.js'
export type { AlignOptions, AlignReason, AlignResult, BodyAlignment, MovableLooks, MovedText } from './align.js'
export type { BudgetReport, BudgetSolver, Rendering, Rung, RungChoice, TextWorth } from './budget.js'
export type { CompressInput, Compressor } from './compressor.js'
export type { Config, ModelPrice, ModelPrices } from './config.js'
export type { ContentType, Detect, Detection, Origin } from './content.js'
export type {
  BreakCause,
  CacheBreak,
  CacheBreaks,
  CauseCount,
  Change,
  DriftReport,
  DriftWatch,
  ExplainedBreak,
  Looks,
  SeenBreak,
  SentHandle,
  SentRequest,
  VolatileSpot,
} from './drift.js'
export type {
  CompressOptions,
  CompressResult,
  CompressTextOptions,
  CompressTextResult,
  Engine,
  EngineRequest,
  EngineResult,
  Explanation,
  Lease,
  Remembered,
  RetrieveOptions,
  RetrieveResult,
} from './engine.js'
export type {
  Hook,
  InputCached,
  InputCompressed,
  InputReceived,
  InputRemembered,
  InputRouted,
  PostSend,
  PreSend,
  ResponseReceived,
} from './hook.js'
export type { Ledger, LedgerEvent, LedgerLine, LedgerTotals, Stats, StatsRow } from './ledger.js'
export type { Logger, LogLevel } from './logger.js'
export type { Elide, Gap, GapUnit, Keep, Plan, Rewrite, Segment, Span } from './plan.js'
export type { Policy, PolicyName, PolicyRule, WayBack } from './policy.js'
export type {
  Base,
  ReferenceIndex,
  ReferenceIndexes,
  ReferRequest,
  Referred,
  Rerun,
  TextSource,
  VisibleText,
} from './reference.js'
export type { BlockReport, RequestReport } from './report.js'
export type { Skip, SkipCode } from './skip.js'
export type { Decision, FoundMarker, MarkerGrammar, MarkerTarget, Original, Ref, Store } from './store.js'
export type { CountBasis, Tokenizer, TokenizerFor } from './tokenizer.js'
export type {
  Block,
  BlockKind,
  BodyScan,
  ByteEdit,
  Codec,
  Dialect,
  JsonPath,
  ScanOutcome,
  Usage,
  UsageReader,
} from './wire.js'
