// Data without functions, made by scripts/build-prices.mjs: list prices in micro-dollars per million tokens.
// From @pydantic/genai-prices 0.1.8 of 2026-09-23 (MIT, Copyright (c) Pydantic Services Inc.).
import type { PricedModel } from './model.js'

export const PRICES_SOURCE = '@pydantic/genai-prices 0.1.8'
export const PRICES_DATE = '2026-09-23'

export const PRICED_MODELS: readonly PricedModel[] = [
  {
    provider: 'anthropic',
    id: 'claude-2',
    match: { or: [{ starts_with: 'claude-2' }, { contains: 'claude-v2' }] },
    periods: [{ input: 8000000, output: 24000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-5-haiku-latest',
    match: { or: [{ starts_with: 'claude-3-5-haiku' }, { starts_with: 'claude-3.5-haiku' }] },
    periods: [{ input: 800000, read: 80000, write: 1000000, write1h: 1600000, output: 4000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-5-sonnet',
    match: { or: [{ starts_with: 'claude-3-5-sonnet' }, { starts_with: 'claude-3.5-sonnet' }] },
    periods: [{ input: 3000000, read: 300000, write: 3750000, write1h: 6000000, output: 15000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-7-sonnet-latest',
    match: {
      or: [
        { starts_with: 'claude-3-7-sonnet' },
        { starts_with: 'claude-3.7-sonnet' },
        { starts_with: 'claude-sonnet-3.7' },
        { starts_with: 'claude-sonnet-3-7' },
      ],
    },
    periods: [{ input: 3000000, read: 300000, write: 3750000, write1h: 6000000, output: 15000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-haiku',
    match: { starts_with: 'claude-3-haiku' },
    periods: [{ input: 250000, read: 30000, write: 300000, write1h: 500000, output: 1250000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-opus-latest',
    match: { starts_with: 'claude-3-opus' },
    periods: [{ input: 15000000, read: 1500000, write: 18750000, write1h: 30000000, output: 75000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-3-sonnet',
    match: { starts_with: 'claude-3-sonnet' },
    periods: [{ input: 3000000, read: 300000, write: 3750000, write1h: 6000000, output: 15000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-fable-5',
    match: { or: [{ equals: 'claude-fable-5' }, { regex: '^claude-fable-5-\\d{8}$' }] },
    periods: [{ input: 10000000, read: 1000000, write: 12500000, write1h: 20000000, output: 50000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-fable-5-1',
    match: { or: [{ equals: 'claude-fable-5-1' }, { regex: '^claude-fable-5-1-\\d{8}$' }] },
    periods: [{ input: 10000000, read: 250000, write: 12500000, write1h: 20000000, output: 50000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-haiku-4-5',
    match: {
      or: [
        { starts_with: 'claude-haiku-4-5' },
        { starts_with: 'claude-haiku-4.5' },
        { starts_with: 'claude-4-5-haiku' },
        { starts_with: 'claude-4.5-haiku' },
      ],
    },
    periods: [{ input: 1000000, read: 100000, write: 1250000, write1h: 2000000, output: 5000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-0',
    match: {
      or: [
        { starts_with: 'claude-opus-4-0' },
        { starts_with: 'claude-4-opus' },
        { equals: 'claude-opus-4' },
        { equals: 'claude-opus-4-20250514' },
      ],
    },
    periods: [{ input: 15000000, read: 1500000, write: 18750000, write1h: 30000000, output: 75000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-1',
    match: { or: [{ starts_with: 'claude-opus-4-1' }, { starts_with: 'claude-opus-4.1' }] },
    periods: [{ input: 15000000, read: 1500000, write: 18750000, write1h: 30000000, output: 75000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-5',
    match: {
      or: [
        { starts_with: 'claude-opus-4-5' },
        { starts_with: 'claude-opus-4.5' },
        { starts_with: 'claude-4-5-opus' },
        { starts_with: 'claude-4.5-opus' },
      ],
    },
    periods: [{ input: 5000000, read: 500000, write: 6250000, write1h: 10000000, output: 25000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-6',
    match: {
      or: [
        { starts_with: 'claude-opus-4-6' },
        { starts_with: 'claude-opus-4.6' },
        { starts_with: 'claude-4-6-opus' },
        { starts_with: 'claude-4.6-opus' },
      ],
    },
    periods: [
      {
        input: { base: 5000000, tiers: [[200000, 10000000]] },
        read: { base: 500000, tiers: [[200000, 1000000]] },
        write: { base: 6250000, tiers: [[200000, 12500000]] },
        write1h: { base: 10000000, tiers: [[200000, 20000000]] },
        output: { base: 25000000, tiers: [[200000, 37500000]] },
      },
      { from: '2026-03-13', input: 5000000, read: 500000, write: 6250000, write1h: 10000000, output: 25000000 },
    ],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-7',
    match: {
      or: [
        { starts_with: 'claude-opus-4-7' },
        { starts_with: 'claude-opus-4.7' },
        { starts_with: 'claude-4-7-opus' },
        { starts_with: 'claude-4.7-opus' },
      ],
    },
    periods: [{ input: 5000000, read: 500000, write: 6250000, write1h: 10000000, output: 25000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-4-8',
    match: {
      or: [
        { starts_with: 'claude-opus-4-8' },
        { starts_with: 'claude-opus-4.8' },
        { starts_with: 'claude-4-8-opus' },
        { starts_with: 'claude-4.8-opus' },
      ],
    },
    periods: [{ input: 5000000, read: 500000, write: 6250000, write1h: 10000000, output: 25000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-5',
    match: {
      or: [
        { equals: 'claude-opus-5' },
        { regex: '^claude-opus-5-\\d{8}$' },
        { starts_with: 'claude-opus-5.0' },
        { starts_with: 'claude-5-opus' },
        { starts_with: 'claude-5.0-opus' },
      ],
    },
    periods: [{ input: 5000000, read: 500000, write: 6250000, write1h: 10000000, output: 25000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-opus-5-5',
    match: {
      or: [
        { equals: 'claude-opus-5-5' },
        { regex: '^claude-opus-5-5-\\d{8}$' },
        { starts_with: 'claude-opus-5.5' },
        { starts_with: 'claude-5-5-opus' },
        { starts_with: 'claude-5.5-opus' },
      ],
    },
    periods: [{ input: 4000000, read: 200000, write: 5000000, write1h: 8000000, output: 20000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-sonnet-4-0',
    match: {
      or: [
        { starts_with: 'claude-sonnet-4-2025' },
        { starts_with: 'claude-sonnet-4-0' },
        { starts_with: 'claude-sonnet-4@' },
        { equals: 'claude-sonnet-4' },
        { starts_with: 'claude-4-sonnet' },
      ],
    },
    periods: [{ input: 3000000, read: 300000, write: 3750000, write1h: 6000000, output: 15000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-sonnet-4-5',
    match: { or: [{ starts_with: 'claude-sonnet-4-5' }, { starts_with: 'claude-sonnet-4.5' }] },
    periods: [
      {
        input: { base: 3000000, tiers: [[200000, 6000000]] },
        read: { base: 300000, tiers: [[200000, 600000]] },
        write: { base: 3750000, tiers: [[200000, 7500000]] },
        write1h: { base: 6000000, tiers: [[200000, 12000000]] },
        output: { base: 15000000, tiers: [[200000, 22500000]] },
      },
    ],
  },
  {
    provider: 'anthropic',
    id: 'claude-sonnet-4-6',
    match: { or: [{ starts_with: 'claude-sonnet-4-6' }, { starts_with: 'claude-sonnet-4.6' }] },
    periods: [
      {
        input: { base: 3000000, tiers: [[200000, 6000000]] },
        read: { base: 300000, tiers: [[200000, 600000]] },
        write: { base: 3750000, tiers: [[200000, 7500000]] },
        write1h: { base: 6000000, tiers: [[200000, 12000000]] },
        output: { base: 15000000, tiers: [[200000, 22500000]] },
      },
      { from: '2026-03-13', input: 3000000, read: 300000, write: 3750000, write1h: 6000000, output: 15000000 },
    ],
  },
  {
    provider: 'anthropic',
    id: 'claude-sonnet-5',
    match: {
      or: [
        { starts_with: 'claude-sonnet-5' },
        { starts_with: 'claude-sonnet-5.0' },
        { starts_with: 'claude-5-sonnet' },
        { starts_with: 'claude-5.0-sonnet' },
      ],
    },
    periods: [{ input: 2000000, read: 200000, write: 2500000, write1h: 4000000, output: 10000000 }],
  },
  {
    provider: 'anthropic',
    id: 'claude-v1',
    match: { equals: 'claude-v1' },
    periods: [{ input: 8000000, output: 24000000 }],
  },
  {
    provider: 'openai',
    id: 'ada',
    match: { or: [{ equals: 'ada' }, { equals: 'text-ada-001' }] },
    periods: [{ input: 400000, output: 400000 }],
  },
  { provider: 'openai', id: 'babbage', match: { equals: 'babbage' }, periods: [{ input: 500000, output: 500000 }] },
  {
    provider: 'openai',
    id: 'chatgpt-4o-latest',
    match: { equals: 'chatgpt-4o-latest' },
    periods: [{ input: 5000000, output: 15000000 }],
  },
  {
    provider: 'openai',
    id: 'codex-mini',
    match: { or: [{ equals: 'codex-mini' }, { equals: 'codex-mini-latest' }] },
    periods: [{ input: 1500000, read: 375000, output: 6000000 }],
  },
  {
    provider: 'openai',
    id: 'computer-use',
    match: { starts_with: 'computer-use' },
    periods: [{ input: 3000000, output: 12000000 }],
  },
  {
    provider: 'openai',
    id: 'curie',
    match: { or: [{ equals: 'curie' }, { equals: 'text-curie-001' }] },
    periods: [{ input: 2000000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'davinci',
    match: { or: [{ equals: 'davinci' }, { equals: 'text-davinci-001' }] },
    periods: [{ input: 20000000, output: 20000000 }],
  },
  {
    provider: 'openai',
    id: 'ft:gpt-3.5-turbo-',
    match: { starts_with: 'ft:gpt-3.5-turbo' },
    periods: [{ input: 3000000, output: 6000000 }],
  },
  {
    provider: 'openai',
    id: 'ft:gpt-4o',
    match: { starts_with: 'ft:gpt-4o-2024-' },
    periods: [{ input: 3750000, output: 15000000 }],
  },
  {
    provider: 'openai',
    id: 'ft:gpt-4o-mini',
    match: { starts_with: 'ft:gpt-4o-mini-2024-' },
    periods: [{ input: 300000, output: 1200000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-0301',
    match: { or: [{ equals: 'gpt-3.5-turbo-0301' }, { equals: 'gpt-3.5-0301' }] },
    periods: [{ input: 1500000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-turbo',
    match: { or: [{ equals: 'gpt-3.5-turbo' }, { equals: 'gpt-35-turbo' }, { equals: 'gpt-3.5-turbo-0125' }] },
    periods: [{ input: 500000, output: 1500000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-turbo-0613',
    match: { equals: 'gpt-3.5-turbo-0613' },
    periods: [{ input: 1500000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-turbo-1106',
    match: { equals: 'gpt-3.5-turbo-1106' },
    periods: [{ input: 1000000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-turbo-16k',
    match: {
      or: [
        { equals: 'gpt-3.5-turbo-16k' },
        { equals: 'gpt-3.5-turbo-16k-0613' },
        { equals: 'gpt-35-turbo-16k-0613' },
        { equals: 'gpt-35-turbo-16k' },
      ],
    },
    periods: [{ input: 3000000, output: 4000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-3.5-turbo-instruct',
    match: { or: [{ starts_with: 'gpt-3.5-turbo-instruct' }, { equals: 'gpt-3.5-turbo-instruct-0914' }] },
    periods: [{ input: 1500000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4',
    match: {
      or: [{ equals: 'gpt-4' }, { equals: 'gpt-4-0314' }, { equals: 'gpt-4-0613' }, { starts_with: 'ft:gpt-4-0' }],
    },
    periods: [{ input: 30000000, output: 60000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4-32k',
    match: { or: [{ equals: 'gpt-4-32k' }, { equals: 'gpt-4-32k-0314' }, { equals: 'gpt-4-32k-0613' }] },
    periods: [{ input: 60000000, output: 120000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4-turbo',
    match: {
      or: [
        { equals: 'gpt-4-turbo' },
        { equals: 'gpt-4-turbo-2024-04-09' },
        { equals: 'gpt-4-turbo-0125-preview' },
        { equals: 'gpt-4-0125-preview' },
        { equals: 'gpt-4-1106-preview' },
        { equals: 'gpt-4-turbo-preview' },
      ],
    },
    periods: [{ input: 10000000, output: 30000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4-vision-preview',
    match: { or: [{ equals: 'gpt-4-vision-preview' }, { equals: 'gpt-4-1106-vision-preview' }] },
    periods: [{ input: 10000000, output: 30000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4.1',
    match: { or: [{ equals: 'gpt-4.1' }, { equals: 'gpt-4.1-2025-04-14' }] },
    periods: [{ input: 2000000, read: 500000, output: 8000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4.1-mini',
    match: { or: [{ equals: 'gpt-4.1-mini' }, { equals: 'gpt-4.1-mini-2025-04-14' }] },
    periods: [{ input: 400000, read: 100000, output: 1600000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4.1-nano',
    match: { or: [{ equals: 'gpt-4.1-nano' }, { equals: 'gpt-4.1-nano-2025-04-14' }] },
    periods: [{ input: 100000, read: 25000, output: 400000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4.5-preview',
    match: { starts_with: 'gpt-4.5-preview' },
    periods: [{ input: 75000000, read: 37500000, output: 150000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o',
    match: { or: [{ equals: 'gpt-4o' }, { equals: 'gpt-4o-2024-08-06' }, { equals: 'gpt-4o-2024-11-20' }] },
    periods: [{ input: 2500000, read: 1250000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-2024-05-13',
    match: { equals: 'gpt-4o-2024-05-13' },
    periods: [{ input: 5000000, output: 15000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-audio-preview',
    match: { starts_with: 'gpt-4o-audio-preview' },
    periods: [{ input: 2500000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini',
    match: {
      or: [
        { equals: 'gpt-4o-mini' },
        { equals: 'gpt-4o-mini-2024-07-18' },
        { equals: 'gpt-4o-mini-search-preview' },
        { equals: 'gpt-4o-mini-search-preview-2025-03-11' },
      ],
    },
    periods: [{ input: 150000, read: 75000, output: 600000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini-2024-07-18.ft-',
    match: { starts_with: 'gpt-4o-mini-2024-07-18.ft-' },
    periods: [{ input: 300000, output: 1200000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini-audio-preview',
    match: { starts_with: 'gpt-4o-mini-audio' },
    periods: [{ input: 150000, output: 600000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini-realtime-preview',
    match: { starts_with: 'gpt-4o-mini-realtime' },
    periods: [{ input: 600000, read: 300000, output: 2400000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini-transcribe',
    match: { equals: 'gpt-4o-mini-transcribe' },
    periods: [{ input: 1250000, output: 5000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-mini-tts',
    match: { equals: 'gpt-4o-mini-tts' },
    periods: [{ input: 600000, output: 12000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-realtime-preview',
    match: { starts_with: 'gpt-4o-realtime' },
    periods: [{ input: 5000000, read: 2500000, output: 20000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-search-preview',
    match: { or: [{ equals: 'gpt-4o-search-preview' }, { equals: 'gpt-4o-search-preview-2025-03-11' }] },
    periods: [{ input: 2500000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o-transcribe',
    match: { or: [{ equals: 'gpt-4o-transcribe' }, { equals: 'gpt-4o-transcribe-diarize' }] },
    periods: [{ input: 2500000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-4o:extended',
    match: { equals: 'gpt-4o:extended' },
    periods: [{ input: 6000000, output: 18000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5',
    match: {
      or: [
        { equals: 'gpt-5' },
        { equals: 'gpt-5-2025-08-07' },
        { equals: 'gpt-5-chat' },
        { equals: 'gpt-5-chat-latest' },
        { equals: 'gpt-5-codex' },
      ],
    },
    periods: [{ input: 1250000, read: 125000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5-image',
    match: { equals: 'gpt-5-image' },
    periods: [{ input: 10000000, read: 1250000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5-image-mini',
    match: { equals: 'gpt-5-image-mini' },
    periods: [{ input: 2500000, read: 250000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5-mini',
    match: { or: [{ equals: 'gpt-5-mini' }, { equals: 'gpt-5-mini-2025-08-07' }] },
    periods: [{ input: 250000, read: 25000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5-nano',
    match: { or: [{ equals: 'gpt-5-nano' }, { starts_with: 'gpt-5-nano-' }] },
    periods: [{ input: 50000, read: 5000, output: 400000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5-pro',
    match: { or: [{ equals: 'gpt-5-pro' }, { equals: 'gpt-5-pro-2025-10-06' }] },
    periods: [{ input: 15000000, output: 120000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.1',
    match: {
      or: [
        { equals: 'gpt-5.1' },
        { equals: 'gpt-5.1-2025-11-13' },
        { equals: 'gpt-5.1-codex' },
        { equals: 'gpt-5.1-codex-max' },
        { equals: 'gpt-5.1-chat' },
        { equals: 'gpt-5.1-chat-latest' },
        { equals: 'gpt-5-1' },
        { equals: 'gpt-5-1-2025-11-13' },
        { equals: 'gpt-5-1-codex' },
        { equals: 'gpt-5-1-codex-max' },
        { equals: 'gpt-5-1-chat' },
        { equals: 'gpt-5-1-chat-latest' },
      ],
    },
    periods: [{ input: 1250000, read: 125000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.1-codex-mini',
    match: {
      or: [
        { equals: 'gpt-5.1-codex-mini' },
        { equals: 'gpt-5.1-mini' },
        { equals: 'gpt-5-1-codex-mini' },
        { equals: 'gpt-5-1-mini' },
      ],
    },
    periods: [{ input: 250000, read: 25000, output: 2000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.2',
    match: {
      or: [
        { equals: 'gpt-5.2' },
        { equals: 'gpt-5.2-2025-12-11' },
        { equals: 'gpt-5-2' },
        { equals: 'gpt-5-2-2025-12-11' },
        { equals: 'gpt-5.2-chat' },
        { equals: 'gpt-5.2-chat-latest' },
        { equals: 'gpt-5-2-chat' },
        { equals: 'gpt-5-2-chat-latest' },
        { equals: 'gpt-5.2-codex' },
        { equals: 'gpt-5-2-codex' },
      ],
    },
    periods: [{ input: 1750000, read: 175000, output: 14000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.2-pro',
    match: {
      or: [{ equals: 'gpt-5.2-pro' }, { equals: 'gpt-5.2-pro-2025-12-11' }, { equals: 'gpt-5-2-pro-2025-12-11' }],
    },
    periods: [{ input: 21000000, output: 168000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.3',
    match: {
      or: [
        { equals: 'gpt-5.3' },
        { equals: 'gpt-5-3' },
        { equals: 'gpt-5.3-chat' },
        { equals: 'gpt-5.3-chat-latest' },
        { equals: 'gpt-5-3-chat' },
        { equals: 'gpt-5-3-chat-latest' },
      ],
    },
    periods: [{ input: 1750000, read: 175000, output: 14000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.3-codex',
    match: { or: [{ equals: 'gpt-5.3-codex' }, { equals: 'gpt-5-3-codex' }] },
    periods: [{ input: 1750000, read: 175000, output: 14000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.4',
    match: {
      or: [
        { equals: 'gpt-5.4' },
        { equals: 'gpt-5.4-2026-03-05' },
        { equals: 'gpt-5-4' },
        { equals: 'gpt-5-4-2026-03-05' },
      ],
    },
    periods: [
      {
        input: { base: 2500000, tiers: [[271999, 5000000]] },
        read: { base: 250000, tiers: [[271999, 500000]] },
        output: { base: 15000000, tiers: [[271999, 22500000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.4-image-2',
    match: { equals: 'gpt-5.4-image-2' },
    periods: [{ input: 8000000, read: 2000000, output: 15000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.4-mini',
    match: {
      or: [
        { equals: 'gpt-5.4-mini' },
        { equals: 'gpt-5.4-mini-2026-03-17' },
        { equals: 'gpt-5-4-mini' },
        { equals: 'gpt-5-4-mini-2026-03-17' },
      ],
    },
    periods: [{ input: 750000, read: 75000, output: 4500000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.4-nano',
    match: {
      or: [
        { equals: 'gpt-5.4-nano' },
        { equals: 'gpt-5.4-nano-2026-03-17' },
        { equals: 'gpt-5-4-nano' },
        { equals: 'gpt-5-4-nano-2026-03-17' },
      ],
    },
    periods: [{ input: 200000, read: 20000, output: 1250000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-5.4-pro',
    match: {
      or: [
        { equals: 'gpt-5.4-pro' },
        { equals: 'gpt-5.4-pro-2026-03-05' },
        { equals: 'gpt-5-4-pro' },
        { equals: 'gpt-5-4-pro-2026-03-05' },
      ],
    },
    periods: [
      {
        input: { base: 30000000, tiers: [[271999, 60000000]] },
        output: { base: 180000000, tiers: [[271999, 270000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.5',
    match: {
      or: [
        { equals: 'gpt-5.5' },
        { equals: 'gpt-5.5-2026-04-23' },
        { equals: 'gpt-5.5-2026-04-24' },
        { equals: 'gpt-5-5' },
        { equals: 'gpt-5-5-2026-04-23' },
        { equals: 'gpt-5-5-2026-04-24' },
        { equals: 'gpt-5.5-chat' },
        { equals: 'gpt-5.5-chat-latest' },
        { equals: 'gpt-5-5-chat' },
        { equals: 'gpt-5-5-chat-latest' },
        { equals: 'gpt-5.5-codex' },
        { equals: 'gpt-5-5-codex' },
      ],
    },
    periods: [
      {
        input: { base: 5000000, tiers: [[271999, 10000000]] },
        read: { base: 500000, tiers: [[271999, 1000000]] },
        output: { base: 30000000, tiers: [[271999, 45000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.5-pro',
    match: {
      or: [
        { equals: 'gpt-5.5-pro' },
        { equals: 'gpt-5.5-pro-2026-04-23' },
        { equals: 'gpt-5-5-pro' },
        { equals: 'gpt-5-5-pro-2026-04-23' },
      ],
    },
    periods: [
      {
        input: { base: 30000000, tiers: [[271999, 60000000]] },
        output: { base: 180000000, tiers: [[271999, 270000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.6-luna',
    match: {
      or: [
        { equals: 'gpt-5.6-luna' },
        { equals: 'gpt-5-6-luna' },
        { regex: '^gpt-5\\.6-luna-\\d{4}-\\d{2}-\\d{2}$' },
        { regex: '^gpt-5-6-luna-\\d{4}-\\d{2}-\\d{2}$' },
      ],
    },
    periods: [
      {
        input: { base: 1000000, tiers: [[271999, 2000000]] },
        read: { base: 100000, tiers: [[271999, 200000]] },
        write: { base: 1250000, tiers: [[271999, 2500000]] },
        output: { base: 6000000, tiers: [[271999, 9000000]] },
      },
      {
        from: '2026-07-30',
        input: { base: 200000, tiers: [[271999, 400000]] },
        read: { base: 20000, tiers: [[271999, 40000]] },
        write: { base: 250000, tiers: [[271999, 500000]] },
        output: { base: 1200000, tiers: [[271999, 1800000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.6-sol',
    match: {
      or: [
        { equals: 'gpt-5.6-sol' },
        { equals: 'gpt-5-6-sol' },
        { equals: 'gpt-5.6' },
        { equals: 'gpt-5-6' },
        { regex: '^gpt-5\\.6-sol-\\d{4}-\\d{2}-\\d{2}$' },
        { regex: '^gpt-5-6-sol-\\d{4}-\\d{2}-\\d{2}$' },
      ],
    },
    periods: [
      {
        input: { base: 5000000, tiers: [[271999, 10000000]] },
        read: { base: 500000, tiers: [[271999, 1000000]] },
        write: { base: 6250000, tiers: [[271999, 12500000]] },
        output: { base: 30000000, tiers: [[271999, 45000000]] },
      },
      {
        from: '2026-08-21',
        input: { base: 4000000, tiers: [[271999, 8000000]] },
        read: { base: 400000, tiers: [[271999, 800000]] },
        write: { base: 5000000, tiers: [[271999, 10000000]] },
        output: { base: 20000000, tiers: [[271999, 30000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-5.6-terra',
    match: {
      or: [
        { equals: 'gpt-5.6-terra' },
        { equals: 'gpt-5-6-terra' },
        { regex: '^gpt-5\\.6-terra-\\d{4}-\\d{2}-\\d{2}$' },
        { regex: '^gpt-5-6-terra-\\d{4}-\\d{2}-\\d{2}$' },
      ],
    },
    periods: [
      {
        input: { base: 2500000, tiers: [[271999, 5000000]] },
        read: { base: 250000, tiers: [[271999, 500000]] },
        write: { base: 3125000, tiers: [[271999, 6250000]] },
        output: { base: 15000000, tiers: [[271999, 22500000]] },
      },
      {
        from: '2026-07-30',
        input: { base: 2000000, tiers: [[271999, 4000000]] },
        read: { base: 200000, tiers: [[271999, 400000]] },
        write: { base: 2500000, tiers: [[271999, 5000000]] },
        output: { base: 12000000, tiers: [[271999, 18000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-6-astra',
    match: { or: [{ equals: 'gpt-6-astra' }, { regex: '^gpt-6-astra-\\d{4}-\\d{2}-\\d{2}$' }] },
    periods: [
      {
        input: { base: 10000000, tiers: [[271999, 20000000]] },
        read: { base: 1000000, tiers: [[271999, 2000000]] },
        write: { base: 12500000, tiers: [[271999, 25000000]] },
        output: { base: 50000000, tiers: [[271999, 75000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-6-luna',
    match: { or: [{ equals: 'gpt-6-luna' }, { regex: '^gpt-6-luna-\\d{4}-\\d{2}-\\d{2}$' }] },
    periods: [
      {
        input: { base: 100000, tiers: [[272000, 200000]] },
        read: { base: 10000, tiers: [[272000, 20000]] },
        write: { base: 125000, tiers: [[272000, 250000]] },
        output: { base: 500000, tiers: [[272000, 750000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-6-sol',
    match: { or: [{ equals: 'gpt-6-sol' }, { regex: '^gpt-6-sol-\\d{4}-\\d{2}-\\d{2}$' }] },
    periods: [
      {
        input: { base: 2000000, tiers: [[272000, 4000000]] },
        read: { base: 200000, tiers: [[272000, 400000]] },
        write: { base: 2500000, tiers: [[272000, 5000000]] },
        output: { base: 10000000, tiers: [[272000, 15000000]] },
      },
    ],
  },
  {
    provider: 'openai',
    id: 'gpt-audio',
    match: { or: [{ equals: 'gpt-audio' }, { equals: 'gpt-audio-2025-08-28' }, { equals: 'gpt-audio-1.5' }] },
    periods: [{ input: 2500000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-audio-mini',
    match: {
      or: [
        { equals: 'gpt-audio-mini' },
        { equals: 'gpt-audio-mini-2025-10-06' },
        { equals: 'gpt-audio-mini-2025-12-15' },
      ],
    },
    periods: [{ input: 600000, output: 2400000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-chat-latest',
    match: { equals: 'gpt-chat-latest' },
    periods: [{ input: 5000000, read: 500000, output: 30000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-image-1',
    match: { equals: 'gpt-image-1' },
    periods: [{ input: 5000000, read: 1250000, output: 40000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-image-1-mini',
    match: { or: [{ equals: 'gpt-image-1-mini' }] },
    periods: [{ input: 2000000, read: 200000, output: 8000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-image-1.5',
    match: { or: [{ equals: 'gpt-image-1.5' }, { equals: 'gpt-image-1.5-2025-12-16' }] },
    periods: [{ input: 5000000, read: 1250000, output: 10000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-image-2',
    match: { or: [{ equals: 'gpt-image-2' }, { equals: 'gpt-image-2-2026-04-21' }] },
    periods: [{ input: 5000000, read: 1250000, output: 30000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-oss-120b',
    match: { equals: 'gpt-oss-120b' },
    periods: [{ input: 39000, output: 180000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-oss-20b',
    match: { equals: 'gpt-oss-20b' },
    periods: [{ input: 29000, output: 140000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-oss-safeguard-20b',
    match: { equals: 'gpt-oss-safeguard-20b' },
    periods: [{ input: 75000, read: 37000, output: 300000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-realtime',
    match: { or: [{ equals: 'gpt-realtime' }, { equals: 'gpt-realtime-2025-08-28' }, { equals: 'gpt-realtime-1.5' }] },
    periods: [{ input: 4000000, read: 400000, output: 16000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-realtime-2',
    match: { or: [{ equals: 'gpt-realtime-2' }, { equals: 'gpt-realtime-2.1' }] },
    periods: [{ input: 4000000, read: 400000, output: 24000000 }],
  },
  {
    provider: 'openai',
    id: 'gpt-realtime-mini',
    match: {
      or: [
        { equals: 'gpt-realtime-mini' },
        { equals: 'gpt-realtime-2.1-mini' },
        { equals: 'gpt-realtime-mini-2025-12-15' },
        { equals: 'gpt-realtime-mini-2025-10-06' },
      ],
    },
    periods: [{ input: 600000, read: 60000, output: 2400000 }],
  },
  {
    provider: 'openai',
    id: 'o1',
    match: { or: [{ equals: 'o1' }, { equals: 'o1-2024-12-17' }] },
    periods: [{ input: 15000000, read: 7500000, output: 60000000 }],
  },
  {
    provider: 'openai',
    id: 'o1-mini',
    match: { or: [{ equals: 'o1-mini' }, { equals: 'o1-mini-2024-09-12' }] },
    periods: [{ input: 1100000, read: 550000, output: 4400000 }],
  },
  {
    provider: 'openai',
    id: 'o1-preview',
    match: { or: [{ equals: 'o1-preview' }, { equals: 'o1-preview-2024-09-12' }] },
    periods: [{ input: 15000000, read: 7500000, output: 60000000 }],
  },
  {
    provider: 'openai',
    id: 'o1-pro',
    match: { or: [{ equals: 'o1-pro' }, { equals: 'o1-pro-2025-03-19' }] },
    periods: [{ input: 150000000, output: 600000000 }],
  },
  {
    provider: 'openai',
    id: 'o3',
    match: { or: [{ equals: 'o3' }, { equals: 'o3-2025-04-16' }] },
    periods: [
      { input: 10000000, read: 500000, output: 40000000 },
      { from: '2025-06-10', input: 2000000, read: 500000, output: 8000000 },
    ],
  },
  {
    provider: 'openai',
    id: 'o3-deep-research',
    match: { or: [{ equals: 'o3-deep-research' }, { equals: 'o3-deep-research-2025-06-26' }] },
    periods: [{ input: 10000000, read: 2500000, output: 40000000 }],
  },
  {
    provider: 'openai',
    id: 'o3-mini',
    match: { or: [{ equals: 'o3-mini' }, { equals: 'o3-mini-2025-01-31' }, { equals: 'o3-mini-high' }] },
    periods: [{ input: 1100000, read: 550000, output: 4400000 }],
  },
  {
    provider: 'openai',
    id: 'o3-pro',
    match: { or: [{ equals: 'o3-pro' }, { equals: 'o3-pro-2025-06-10' }] },
    periods: [{ input: 20000000, output: 80000000 }],
  },
  {
    provider: 'openai',
    id: 'o4-mini',
    match: { or: [{ equals: 'o4-mini-2025-04-16' }, { equals: 'o4-mini-high' }, { equals: 'o4-mini' }] },
    periods: [{ input: 1100000, read: 275000, output: 4400000 }],
  },
  {
    provider: 'openai',
    id: 'o4-mini-deep-research',
    match: { or: [{ equals: 'o4-mini-deep-research' }, { equals: 'o4-mini-deep-research-2025-06-26' }] },
    periods: [{ input: 2000000, read: 500000, output: 8000000 }],
  },
  {
    provider: 'openai',
    id: 'text-davinci-002',
    match: { equals: 'text-davinci-002' },
    periods: [{ input: 20000000, output: 20000000 }],
  },
  {
    provider: 'openai',
    id: 'text-davinci-003',
    match: { equals: 'text-davinci-003' },
    periods: [{ input: 20000000, output: 20000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-1.0-pro-vision-001',
    match: { equals: 'gemini-1.0-pro-vision-001' },
    periods: [{ input: 125000, output: 375000 }],
  },
  {
    provider: 'google',
    id: 'gemini-1.5-flash',
    match: { contains: 'gemini-1.5-flash' },
    periods: [
      {
        input: { base: 75000, tiers: [[128000, 150000]] },
        read: { base: 18750, tiers: [[128000, 37500]] },
        output: { base: 300000, tiers: [[128000, 600000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-1.5-pro',
    match: { contains: 'gemini-1.5-pro' },
    periods: [
      { input: { base: 1250000, tiers: [[128000, 2500000]] }, output: { base: 5000000, tiers: [[128000, 10000000]] } },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-2.0-flash',
    match: {
      or: [
        { ends_with: 'gemini-2.0-flash' },
        { contains: 'gemini-2.0-flash-0' },
        { contains: 'gemini-2.0-flash-exp' },
        { contains: 'gemini-2.0-flash-thinking' },
        { contains: 'gemini-2.0-flash-latest' },
      ],
    },
    periods: [{ input: 100000, read: 25000, output: 400000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.0-flash-lite',
    match: { contains: 'gemini-2.0-flash-lite' },
    periods: [{ input: 75000, output: 300000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash',
    match: {
      or: [
        { equals: 'gemini-2.5-flash' },
        { equals: 'gemini-2.5-flash-latest' },
        { equals: 'gemini-2.5-flash-preview-09-2025' },
      ],
    },
    periods: [{ input: 300000, read: 30000, output: 2500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash-image',
    match: { or: [{ equals: 'gemini-2.5-flash-image' }, { equals: 'gemini-2.5-flash-image-preview' }] },
    periods: [{ input: 300000, output: 2500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash-lite',
    match: {
      or: [
        { equals: 'gemini-2.5-flash-lite' },
        { and: [{ starts_with: 'gemini-2.5-flash-lite-preview' }, { regex: '^(?!.*-[tT][tT][sS](?:$|-))' }] },
      ],
    },
    periods: [{ input: 100000, read: 10000, output: 400000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash-lite-preview-tts',
    match: { equals: 'gemini-2.5-flash-lite-preview-tts' },
    periods: [{ input: 500000, output: 10000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash-preview',
    match: {
      or: [
        { contains: 'gemini-2.5-flash-preview-05-20' },
        { contains: 'gemini-2.5-flash-preview-04-17' },
        { equals: 'gemini-2.5-flash-preview-05-20:thinking' },
        { equals: 'gemini-2.5-flash-preview' },
        { equals: 'gemini-2.5-flash-preview:thinking' },
      ],
    },
    periods: [{ input: 150000, output: 600000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-flash-tts',
    match: { or: [{ equals: 'gemini-2.5-flash-tts' }, { equals: 'gemini-2.5-flash-preview-tts' }] },
    periods: [{ input: 500000, output: 10000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-pro',
    match: { and: [{ starts_with: 'gemini-2.5-pro' }, { regex: '^(?!.*-[tT][tT][sS](?:$|-))' }] },
    periods: [
      {
        input: { base: 1250000, tiers: [[200000, 2500000]] },
        read: { base: 125000, tiers: [[200000, 250000]] },
        output: { base: 10000000, tiers: [[200000, 15000000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-2.5-pro-tts',
    match: { or: [{ equals: 'gemini-2.5-pro-tts' }, { equals: 'gemini-2.5-pro-preview-tts' }] },
    periods: [{ input: 1000000, output: 20000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3-flash-preview',
    match: { or: [{ equals: 'gemini-3-flash-preview' }, { starts_with: 'gemini-3-flash-preview-' }] },
    periods: [{ input: 500000, read: 50000, output: 3000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3-pro-image-preview',
    match: { or: [{ equals: 'gemini-3-pro-image' }, { starts_with: 'gemini-3-pro-image-preview' }] },
    periods: [{ input: 2000000, output: 12000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3-pro-preview',
    match: { or: [{ starts_with: 'gemini-3-pro-preview' }, { equals: 'gemini-3-pro-text-preview' }] },
    periods: [
      {
        input: { base: 2000000, tiers: [[200000, 4000000]] },
        read: { base: 200000, tiers: [[200000, 400000]] },
        output: { base: 12000000, tiers: [[200000, 18000000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-3.1-flash-image-preview',
    match: { or: [{ equals: 'gemini-3.1-flash-image' }, { starts_with: 'gemini-3.1-flash-image-preview' }] },
    periods: [{ input: 500000, output: 3000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.1-flash-lite',
    match: { or: [{ equals: 'gemini-3.1-flash-lite' }, { starts_with: 'gemini-3.1-flash-lite-preview' }] },
    periods: [{ input: 250000, read: 25000, output: 1500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.1-flash-lite-image',
    match: { starts_with: 'gemini-3.1-flash-lite-image' },
    periods: [{ input: 250000, output: 1500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.1-flash-live-preview',
    match: { starts_with: 'gemini-3.1-flash-live-preview' },
    periods: [{ input: 750000, output: 4500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.1-pro-preview',
    match: { starts_with: 'gemini-3.1-pro-preview' },
    periods: [
      {
        input: { base: 2000000, tiers: [[200000, 4000000]] },
        read: { base: 200000, tiers: [[200000, 400000]] },
        output: { base: 12000000, tiers: [[200000, 18000000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-3.5-flash',
    match: {
      or: [
        { equals: 'gemini-3.5-flash' },
        { starts_with: 'gemini-3.5-flash-preview' },
        { regex: '^gemini-3\\.5-flash-\\d' },
      ],
    },
    periods: [{ input: 1500000, read: 150000, output: 9000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.5-flash-lite',
    match: { starts_with: 'gemini-3.5-flash-lite' },
    periods: [{ input: 300000, read: 30000, output: 2500000 }],
  },
  {
    provider: 'google',
    id: 'gemini-3.6-flash',
    match: { starts_with: 'gemini-3.6-flash' },
    periods: [
      { input: 750000, read: 75000, output: 3750000 },
      { from: '2027-01-01', input: 1500000, read: 150000, output: 7500000 },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-3.7-flash',
    match: { starts_with: 'gemini-3.7-flash' },
    periods: [
      { input: 750000, read: 75000, output: 3750000 },
      { from: '2027-01-01', input: 1500000, read: 150000, output: 7500000 },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-3.8-flash',
    match: { starts_with: 'gemini-3.8-flash' },
    periods: [
      { input: 750000, read: 75000, output: 3750000 },
      { from: '2027-01-01', input: 1500000, read: 150000, output: 7500000 },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-flash-1.5',
    match: { equals: 'gemini-flash-1.5' },
    periods: [
      {
        input: { base: 75000, tiers: [[128000, 150000]] },
        read: { base: 18750, tiers: [[128000, 37500]] },
        output: { base: 300000, tiers: [[128000, 600000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-flash-1.5-8b',
    match: { equals: 'gemini-flash-1.5-8b' },
    periods: [
      {
        input: { base: 37500, tiers: [[128000, 75000]] },
        read: { base: 10000, tiers: [[128000, 20000]] },
        output: { base: 150000, tiers: [[128000, 300000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemini-live-2.5-flash',
    match: {
      or: [
        { starts_with: 'gemini-live-2.5-flash' },
        { starts_with: 'gemini-2.5-flash-native-audio-preview' },
        { equals: 'gemini-2.5-flash-native-audio-latest' },
      ],
    },
    periods: [{ input: 500000, output: 2000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-omni-flash-preview',
    match: { starts_with: 'gemini-omni-flash-preview' },
    periods: [{ input: 1500000, output: 9000000 }],
  },
  {
    provider: 'google',
    id: 'gemini-pro',
    match: { or: [{ equals: 'gemini-pro' }, { equals: 'gemini-1.0-pro' }] },
    periods: [{ input: 125000, output: 375000 }],
  },
  {
    provider: 'google',
    id: 'gemini-pro-1.5',
    match: { equals: 'gemini-pro-1.5' },
    periods: [
      {
        input: { base: 1250000, tiers: [[128000, 2500000]] },
        read: { base: 312500, tiers: [[128000, 625000]] },
        output: { base: 5000000, tiers: [[128000, 10000000]] },
      },
    ],
  },
  {
    provider: 'google',
    id: 'gemma-2-27b-it',
    match: { equals: 'gemma-2-27b-it' },
    periods: [{ input: 650000, output: 650000 }],
  },
  {
    provider: 'google',
    id: 'gemma-4-26b-a4b-it-maas',
    match: { equals: 'gemma-4-26b-a4b-it-maas' },
    periods: [{ input: 150000, read: 15000, output: 600000 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-chat',
    match: { or: [{ starts_with: 'deepseek-chat' }, { equals: 'deepseek-chat-v3-0324' }] },
    periods: [{ input: 135000, read: 35000, output: 550000 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-reasoner',
    match: { or: [{ equals: 'deepseek-reasoner' }, { starts_with: 'deepseek-r1' }, { equals: 'deepseek-r1-0528' }] },
    periods: [{ input: 135000, read: 35000, output: 550000 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-v3.1-terminus',
    match: { equals: 'deepseek-v3.1-terminus' },
    periods: [{ input: 270000, read: 130000, output: 950000 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-v3.2',
    match: { equals: 'deepseek-v3.2' },
    periods: [{ input: 228800, output: 343200 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-v3.2-exp',
    match: { equals: 'deepseek-v3.2-exp' },
    periods: [{ input: 270000, output: 410000 }],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-v4-flash',
    match: { or: [{ starts_with: 'deepseek-v4-flash' }] },
    periods: [
      { input: 140000, read: 2800, output: 280000 },
      { from: '2026-08-17', input: 220000, read: 7000, output: 660000 },
    ],
  },
  {
    provider: 'deepseek',
    id: 'deepseek-v4-pro',
    match: { or: [{ starts_with: 'deepseek-v4-pro' }] },
    periods: [
      { input: 435000, read: 3625, output: 870000 },
      { from: '2026-08-17', input: 660000, read: 22000, output: 1980000 },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-2-1212',
    match: { or: [{ equals: 'grok-2-1212' }, { equals: 'grok-2' }, { equals: 'grok-2-latest' }] },
    periods: [{ input: 2000000, output: 10000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-2-vision-1212',
    match: { or: [{ equals: 'grok-2-vision-1212' }, { equals: 'grok-2-vision' }, { equals: 'grok-2-vision-latest' }] },
    periods: [{ input: 2000000, output: 10000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-3',
    match: { or: [{ equals: 'grok-3' }, { equals: 'grok-3-latest' }, { equals: 'grok-3-beta' }] },
    periods: [{ input: 3000000, read: 750000, output: 15000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-3-fast',
    match: { or: [{ equals: 'grok-3-fast' }, { equals: 'grok-3-fast-latest' }, { equals: 'grok-3-fast-beta' }] },
    periods: [{ input: 5000000, read: 1250000, output: 25000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-3-mini',
    match: { or: [{ equals: 'grok-3-mini' }, { equals: 'grok-3-mini-beta' }, { equals: 'grok-3-mini-latest' }] },
    periods: [{ input: 300000, read: 75000, output: 500000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-3-mini-fast',
    match: {
      or: [{ equals: 'grok-3-mini-fast' }, { equals: 'grok-3-mini-fast-beta' }, { equals: 'grok-3-mini-fast-latest' }],
    },
    periods: [{ input: 600000, read: 150000, output: 4000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4-0709',
    match: { or: [{ equals: 'grok-4-0709' }, { equals: 'grok-4' }, { equals: 'grok-4-latest' }] },
    periods: [{ input: 3000000, read: 750000, output: 15000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4-1-fast-non-reasoning',
    match: { or: [{ equals: 'grok-4-1-fast-non-reasoning' }, { equals: 'grok-4-1-fast-non-reasoning-latest' }] },
    periods: [{ input: 200000, read: 50000, output: 500000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4-1-fast-reasoning',
    match: {
      or: [
        { equals: 'grok-4-1-fast' },
        { equals: 'grok-4-1-fast-reasoning' },
        { equals: 'grok-4-1-fast-reasoning-latest' },
      ],
    },
    periods: [{ input: 200000, read: 50000, output: 500000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4-fast-non-reasoning',
    match: { or: [{ equals: 'grok-4-fast-non-reasoning' }, { equals: 'grok-4-fast-non-reasoning-latest' }] },
    periods: [{ input: 200000, read: 50000, output: 500000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4-fast-reasoning',
    match: {
      or: [{ equals: 'grok-4-fast' }, { equals: 'grok-4-fast-reasoning' }, { equals: 'grok-4-fast-reasoning-latest' }],
    },
    periods: [{ input: 200000, read: 50000, output: 500000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4.20',
    match: { equals: 'grok-4.20' },
    periods: [
      {
        input: { base: 1250000, tiers: [[199999, 2500000]] },
        read: { base: 200000, tiers: [[199999, 400000]] },
        output: { base: 2500000, tiers: [[199999, 5000000]] },
      },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-4.20-multi-agent',
    match: { equals: 'grok-4.20-multi-agent' },
    periods: [{ input: 2000000, read: 200000, output: 6000000 }],
  },
  {
    provider: 'x-ai',
    id: 'grok-4.3',
    match: {
      or: [
        { equals: 'grok-4.3' },
        { regex: '^grok-4\\.3-\\d{8}$' },
        { equals: 'x-ai/grok-4.3' },
        { regex: '^x-ai/grok-4\\.3-\\d{8}$' },
        { equals: 'grok-4.3-latest' },
      ],
    },
    periods: [
      {
        input: { base: 1250000, tiers: [[199999, 2500000]] },
        read: { base: 200000, tiers: [[199999, 400000]] },
        output: { base: 2500000, tiers: [[199999, 5000000]] },
      },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-4.5',
    match: {
      or: [
        { equals: 'grok-4.5' },
        { regex: '^grok-4\\.5-\\d{8}$' },
        { equals: 'x-ai/grok-4.5' },
        { regex: '^x-ai/grok-4\\.5-\\d{8}$' },
        { equals: 'grok-4.5-latest' },
        { equals: 'grok-latest' },
      ],
    },
    periods: [
      {
        input: { base: 2000000, tiers: [[199999, 4000000]] },
        read: { base: 300000, tiers: [[199999, 600000]] },
        output: { base: 6000000, tiers: [[199999, 12000000]] },
      },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-4.6',
    match: {
      or: [
        { equals: 'grok-4.6' },
        { regex: '^grok-4\\.6-\\d{8}$' },
        { equals: 'x-ai/grok-4.6' },
        { regex: '^x-ai/grok-4\\.6-\\d{8}$' },
        { equals: 'grok-4.6-latest' },
      ],
    },
    periods: [
      {
        input: { base: 2000000, tiers: [[199999, 4000000]] },
        read: { base: 500000, tiers: [[199999, 1000000]] },
        output: { base: 6000000, tiers: [[199999, 12000000]] },
      },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-build-0.1',
    match: { equals: 'grok-build-0.1' },
    periods: [
      {
        input: { base: 1000000, tiers: [[199999, 2000000]] },
        read: { base: 200000, tiers: [[199999, 400000]] },
        output: { base: 2000000, tiers: [[199999, 4000000]] },
      },
    ],
  },
  {
    provider: 'x-ai',
    id: 'grok-code-fast-1',
    match: { or: [{ equals: 'grok-code-fast' }, { equals: 'grok-code-fast-1' }, { equals: 'grok-code-fast-1-0825' }] },
    periods: [{ input: 200000, read: 20000, output: 1500000 }],
  },
  {
    provider: 'mistral',
    id: 'codestral',
    match: { or: [{ equals: 'codestral-latest' }, { equals: 'codestral-2501' }] },
    periods: [{ input: 300000, output: 900000 }],
  },
  {
    provider: 'mistral',
    id: 'codestral-2508',
    match: { equals: 'codestral-2508' },
    periods: [{ input: 300000, read: 30000, output: 900000 }],
  },
  {
    provider: 'mistral',
    id: 'devstral-2512',
    match: { equals: 'devstral-2512' },
    periods: [{ input: 400000, read: 40000, output: 2000000 }],
  },
  {
    provider: 'mistral',
    id: 'devstral-small',
    match: {
      or: [
        { equals: 'devstral-small' },
        { equals: 'devstral-small-2505' },
        { equals: 'devstral-small-2507' },
        { equals: 'devstral-small-latest' },
        { equals: 'labs-devstral-small-2512' },
      ],
    },
    periods: [{ input: 100000, output: 300000 }],
  },
  {
    provider: 'mistral',
    id: 'magistral-medium',
    match: { or: [{ starts_with: 'magistral-medium' }] },
    periods: [{ input: 2000000, output: 5000000 }],
  },
  {
    provider: 'mistral',
    id: 'magistral-small',
    match: { starts_with: 'magistral-small-' },
    periods: [{ input: 500000, output: 1500000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-14b-2512',
    match: { equals: 'ministral-14b-2512' },
    periods: [{ input: 200000, read: 20000, output: 200000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-3b',
    match: { equals: 'ministral-3b' },
    periods: [{ input: 40000, output: 40000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-3b-2512',
    match: { equals: 'ministral-3b-2512' },
    periods: [{ input: 100000, read: 10000, output: 100000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-8b',
    match: { or: [{ equals: 'ministral-8b' }, { equals: 'ministral-8b-2410' }] },
    periods: [{ input: 100000, output: 100000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-8b-2512',
    match: { equals: 'ministral-8b-2512' },
    periods: [{ input: 150000, read: 15000, output: 150000 }],
  },
  {
    provider: 'mistral',
    id: 'ministral-8b-latest',
    match: { equals: 'ministral-8b-latest' },
    periods: [
      { input: 100000, output: 100000 },
      { from: '2025-12-02', input: 150000, read: 15000, output: 150000 },
    ],
  },
  {
    provider: 'mistral',
    id: 'mistral-7b',
    match: { or: [{ equals: 'mistral-7b' }, { equals: 'open-mistral-7b' }] },
    periods: [{ input: 250000, output: 250000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-embed',
    match: { equals: 'mistral-embed' },
    periods: [{ input: 100000, output: 100000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-large',
    match: {
      or: [
        { equals: 'mistral-large' },
        { equals: 'mistral-large-latest' },
        { equals: 'mistral-large-2407' },
        { equals: 'mistral-large-2411' },
      ],
    },
    periods: [{ input: 2000000, output: 6000000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-large-2512',
    match: { equals: 'mistral-large-2512' },
    periods: [{ input: 500000, read: 50000, output: 1500000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-medium-2312',
    match: { equals: 'mistral-medium-2312' },
    periods: [{ input: 2700000, output: 8100000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-medium-3-1',
    match: { or: [{ equals: 'mistral-medium' }, { equals: 'mistral-medium-2505' }, { equals: 'mistral-medium-2508' }] },
    periods: [{ input: 400000, read: 40000, output: 2000000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-medium-3-5',
    match: { or: [{ equals: 'mistral-medium-3.5' }, { equals: 'mistral-medium-3-5' }, { equals: 'mistral-medium-3' }] },
    periods: [{ input: 1500000, read: 150000, output: 7500000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-medium-latest',
    match: { equals: 'mistral-medium-latest' },
    periods: [
      { input: 400000, read: 40000, output: 2000000 },
      { from: '2026-06-16', input: 1500000, read: 150000, output: 7500000 },
    ],
  },
  {
    provider: 'mistral',
    id: 'mistral-nemo',
    match: { or: [{ equals: 'mistral-nemo' }, { equals: 'open-mistral-nemo' }] },
    periods: [{ input: 150000, output: 150000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-saba',
    match: { or: [{ equals: 'mistral-saba' }, { equals: 'mistral-saba-latest' }] },
    periods: [{ input: 200000, output: 600000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-small-24b-instruct-2501',
    match: { equals: 'mistral-small-24b-instruct-2501' },
    periods: [{ input: 50000, output: 80000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-small-2603',
    match: { equals: 'mistral-small-2603' },
    periods: [{ input: 150000, read: 15000, output: 600000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-small-3.1-24b-instruct',
    match: { equals: 'mistral-small-3.1-24b-instruct' },
    periods: [{ input: 351000, output: 555000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-small-3.2-24b-instruct',
    match: { equals: 'mistral-small-3.2-24b-instruct' },
    periods: [{ input: 75000, output: 200000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-small-latest',
    match: { equals: 'mistral-small-latest' },
    periods: [{ input: 100000, output: 300000 }],
  },
  {
    provider: 'mistral',
    id: 'mistral-tiny',
    match: { equals: 'mistral-tiny' },
    periods: [{ input: 250000, output: 250000 }],
  },
  {
    provider: 'mistral',
    id: 'mixtral-8x22b-instruct',
    match: { equals: 'mixtral-8x22b-instruct' },
    periods: [{ input: 900000, output: 900000 }],
  },
  {
    provider: 'mistral',
    id: 'mixtral-8x7b',
    match: { or: [{ starts_with: 'mixtral-8x7b' }, { equals: 'open-mixtral-8x7b' }] },
    periods: [{ input: 700000, output: 700000 }],
  },
  {
    provider: 'mistral',
    id: 'pixtral-12b',
    match: { or: [{ equals: 'pixtral-12b' }, { equals: 'pixtral-12b-latest' }] },
    periods: [{ input: 150000, output: 150000 }],
  },
  {
    provider: 'mistral',
    id: 'pixtral-large',
    match: { or: [{ equals: 'pixtral-large-latest' }, { equals: 'pixtral-large-2411' }] },
    periods: [{ input: 2000000, output: 6000000 }],
  },
  {
    provider: 'mistral',
    id: 'voxtral-small-24b-2507',
    match: {
      or: [{ equals: 'voxtral-small-24b-2507' }, { equals: 'voxtral-small-2507' }, { equals: 'voxtral-small-latest' }],
    },
    periods: [
      { input: 100000, read: 10000, output: 300000 },
      { from: '2026-08-11', input: 100000, read: 10000, output: 400000 },
    ],
  },
]
