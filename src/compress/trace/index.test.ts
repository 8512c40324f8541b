import { describe, expect, it } from 'vitest'
import { readLines } from '../../../test/properties/read-lines.js'
import { planFault, render } from '../../base/plan.js'
import type { CompressInput } from '../../spec/compressor.js'
import type { Gap, Plan } from '../../spec/plan.js'
import { trace } from './index.js'

const count = (text: string): number => Math.ceil(text.length / 3)
const marker = ({ count: n, range, note = '' }: Gap): string =>
  `[${n} ${n === 1 ? 'line' : 'lines'} not shown: ${range?.join('-')}, ${note}]`
const shown = (text: string): string => {
  const input: CompressInput = {
    text,
    type: 'trace',
    origin: {},
    tokens: count(text),
    protectedSpans: [],
    mayElide: true,
    policy: 'balanced',
    count,
  }
  const plan = trace.compress(input) as Plan
  expect(plan).not.toHaveProperty('skip')
  expect(planFault(plan, text)).toBeUndefined()
  const out = render(plan, text, marker)
  expect(readLines(text, out).fault).toBeUndefined()
  return out
}
const times = (n: number, write: (at: number) => string): string =>
  Array.from({ length: n }, (_, at) => write(at)).join('')

const TRACES: readonly (readonly [name: string, text: string, kept: readonly string[]])[] = [
  [
    'Java with a cause',
    `java.lang.IllegalStateException: no owner\n\tat com.acme.Cart.owner(Cart.java:88)\n${times(40, (at) => `\tat org.springframework.web.F${at}.do(F.java:${at})\n`)}Caused by: java.sql.SQLException: refused\n\tat com.acme.Db.open(Db.java:17)\n${times(20, (at) => `\tat com.zaxxer.hikari.P${at}.get(P.java:${at})\n`)}\t... 58 more\n`,
    ['no owner', 'Cart.java:88', 'Caused by: java.sql.SQLException: refused', 'Db.java:17', '... 58 more'],
  ],
  [
    'Python recursion',
    `Traceback (most recent call last):\n${times(90, () => '  File "/srv/walk.py", line 41, in visit\n    return visit(node)\n')}  File "/srv/walk.py", line 39, in leaf\n    raise ValueError("x")\nValueError: x\n`,
    ['Traceback', 'line 41, in visit', 'line 39, in leaf', 'ValueError: x'],
  ],
  [
    'Go with goroutines',
    `panic: nil map\n\ngoroutine 1 [running]:\nmain.Total(0x0)\n\t/srv/cart.go:44 +0x1d\n\n${times(30, (at) => `goroutine ${at + 20} [chan receive]:\nnet/http.read(0xc0${at})\n\t/usr/local/go/src/net/http/server.go:674 +0x3f\nruntime.goexit()\n\t/usr/local/go/src/runtime/asm.s:1 +0x1\n\n`)}goroutine 99 [select]:\nnet/http.read(0xc0)\n\t/usr/local/go/src/net/http/server.go:674 +0x3f\nruntime.goexit()\n\t/usr/local/go/src/runtime/asm.s:1 +0x1\n`,
    ['panic: nil map', 'cart.go:44', 'goroutine 20 [chan receive]', 'goroutine 99 [select]'],
  ],
  [
    'JavaScript',
    `TypeError: x is undefined\n    at Cart.owner (/srv/src/cart.ts:41:17)\n${times(30, (at) => `    at Layer.h${at} (/srv/node_modules/express/lib/layer.js:${at}:5)\n`)}    at main (/srv/src/main.ts:3:1)\n`,
    ['TypeError', 'cart.ts:41:17', 'main.ts:3:1', 'express 29'],
  ],
  [
    'PHP',
    `PHP Fatal error:  Uncaught RuntimeException: no owner\nStack trace:\n#0 /srv/src/Routes.php(12): Cart->owner()\n${times(30, (at) => `#${at + 1} /srv/vendor/symfony/http-kernel/K.php(${at}): K->h${at}()\n`)}  thrown in /srv/src/Cart.php on line 41\n`,
    ['RuntimeException', 'Routes.php(12)', 'thrown in /srv/src/Cart.php on line 41'],
  ],
  [
    'Elixir',
    `** (FunctionClauseError) no clause\n    (shop 0.1.0) lib/shop/cart.ex:41: Shop.Cart.owner(nil)\n${times(30, (at) => `    (phoenix 1.7.1) lib/phoenix/router.ex:${at}: Phoenix.Router.c${at}/2\n`)}`,
    ['FunctionClauseError', 'cart.ex:41', 'phoenix'],
  ],
]

describe('trace', () => {
  it.each(TRACES)('keeps messages, causes and own frames of %s, and folds the rest', (_, text, kept) => {
    const out = shown(text)
    for (const piece of kept) expect(out).toContain(piece)
    expect(out.length).toBeLessThan(text.length / 2)
  })
})
