// Seeded choices: the same seed makes the same sample on every machine.

export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = (seed * 2654435761 + 97) >>> 0
    this.next()
    this.next()
  }

  /** 0 ≤ x < 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** Both ends included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T>(values: readonly T[]): T {
    return values[this.int(0, values.length - 1)]!
  }

  chance(share: number): boolean {
    return this.next() < share
  }

  hex(digits: number): string {
    let text = ''
    while (text.length < digits) text += this.int(0, 15).toString(16)
    return text
  }

  /** About `middle`, within `spread` of it, thicker in the middle. */
  near(middle: number, spread: number): number {
    return Math.round(middle + spread * (this.next() + this.next() - 1))
  }
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** `2026-03-04T05:06:07.089Z`, `seconds` after a fixed start. */
export const iso = (seconds: number): string => new Date(Date.UTC(2026, 2, 4, 5, 6, 7) + seconds * 1000).toISOString()

export const clock = (seconds: number): string => iso(seconds).slice(11, 19)

export const day = (seconds: number): string => iso(seconds).slice(0, 10)

/** `Mar  4 05:06:07`. */
export const syslogTime = (seconds: number): string => {
  const date = new Date(Date.UTC(2026, 2, 4, 5, 6, 7) + seconds * 1000)
  return `Mar ${String(date.getUTCDate()).padStart(2)} ${clock(seconds)}`
}

/** `04/Mar/2026:05:06:07 +0000`. */
export const accessTime = (seconds: number): string => {
  const date = new Date(Date.UTC(2026, 2, 4, 5, 6, 7) + seconds * 1000)
  return `${pad(date.getUTCDate())}/Mar/2026:${clock(seconds)} +0000`
}

export { pad }
