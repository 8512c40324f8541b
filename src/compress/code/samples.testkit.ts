// Small programs of every language, with what an outline must and must not show of them.

export interface CodeSample {
  readonly name: string
  readonly language: string
  readonly text: string
  readonly keeps: readonly string[]
  readonly folds: readonly string[]
}

/** A body long enough to be worth a marker; `line` writes one statement of the language. */
const body = (indent: string, line: (index: number) => string, count = 9): string =>
  Array.from({ length: count }, (_, index) => `${indent}${line(index)}`).join('\n')

const curly = (index: number): string => `gateway.step(${index}, total + ${index * 7});`
const plain = (index: number): string => `gateway.step(${index}, total + ${index * 7})`

export const SAMPLES: readonly CodeSample[] = [
  {
    name: 'a Python module',
    language: 'python',
    text: `"""Charges carts.

A long story about carts that nobody needs to read twice,
told over several lines, with all that is to be said about it.
And then some more of it.
"""
import os
from decimal import Decimal

LIMIT: int = 40


@cached(ttl=3)
def charge(cart: Cart, *, retries: int = 3) -> Decimal:
    """Charges the cart.

    :param cart: what to charge
    """
${body('    ', plain)}
    def again(count: int) -> None:
${body('        ', plain)}
    return again(1)


class Till(Base):
    """A till."""

    open: bool = True

    def __init__(self, name):
${body('        ', plain)}

    async def close(self) -> None:
        self.open = False
`,
    keeps: [
      'Charges carts.',
      'from decimal import Decimal',
      'LIMIT: int = 40',
      '@cached(ttl=3)',
      'def charge(cart: Cart, *, retries: int = 3) -> Decimal:',
      'Charges the cart.',
      'def again(count: int) -> None:',
      'class Till(Base):',
      'open: bool = True',
      'def __init__(self, name):',
      'async def close(self) -> None:',
    ],
    folds: ['gateway.step(3', 'nobody needs'],
  },
  {
    name: 'Python 2',
    language: 'python',
    text: `import sys\n\ndef run(argv):\n${body('    ', (i) => `print "step %d" % ${i}, argv[${i}]`)}\n    exec "x = 1" in {}\n\nif __name__ == '__main__':\n    run(sys.argv)\n`,
    keeps: ['def run(argv):', 'run(sys.argv)'],
    folds: ['step %d'],
  },
  {
    name: 'a TypeScript class',
    language: 'typescript',
    text: `import type { Cart } from './cart.js'

export interface Options {
  readonly retries?: number
}

export function load(id: string): Cart
export function load(id: number): Cart
export function load(id: string | number): Cart {
${body('  ', curly)}
}

export class Till<T extends Cart> implements Closer {
  readonly #open = true
  static rate = 0.2

  constructor(private readonly name: string) {
${body('    ', (i) => `gateway.charge(${i}, name, ${i * 3})`)}
  }

  /** Gives the money back. */
  async refund(cart: T, { retries = 3 }: Options = {}): Promise<void> {
    const total = cart.total - retries
    if (cart.total === 0 || total === 0) {
      throw new Error('nothing was charged')
    }
  }

  close = (): void => {
${body('    ', curly)}
  }
}

export const pay = async (cart: Cart): Promise<void> => {
${body('  ', curly)}
}
`,
    keeps: [
      "import type { Cart } from './cart.js'",
      'readonly retries?: number',
      'export function load(id: number): Cart',
      'export class Till<T extends Cart> implements Closer {',
      'static rate = 0.2',
      'constructor(private readonly name: string) {',
      'async refund(cart: T, { retries = 3 }: Options = {}): Promise<void> {',
      'close = (): void => {',
      'export const pay = async (cart: Cart): Promise<void> => {',
    ],
    folds: ['gateway.charge', 'gateway.step'],
  },
  {
    name: 'a component in TSX',
    language: 'tsx',
    text: `export const Cart: React.FC<Props> = ({ items }) => {
  const [open, setOpen] = useState<boolean>(false)
  return (
    <ul className="cart" hidden={!open}>
${body('      ', (i) => `<li key="${i}" onClick={() => setOpen(true)}>{items[${i}].name}</li>`)}
    </ul>
  )
}

export function Empty(): JSX.Element {
  return <p>none</p>
}
`,
    keeps: ['({ items }) => {', 'export function Empty(): JSX.Element {'],
    folds: ['items[3]'],
  },
  {
    name: 'CommonJS with prototypes inside a module function',
    language: 'javascript',
    text: `;(function (root) {
  'use strict'
  var queue = require('./queue')

  function Till(name) {
${body('    ', curly)}
  }

  Till.prototype.charge = function (cart, done) {
${body('    ', curly)}
  }

  var tools = {
    round: function (value) {
${body('      ', curly)}
    },
    floor(value) {
${body('      ', curly)}
    },
  }

  module.exports = { Till: Till, tools: tools }
})(this)
`,
    keeps: [
      "var queue = require('./queue')",
      'function Till(name) {',
      'Till.prototype.charge = function (cart, done) {',
      'round: function (value) {',
      'floor(value) {',
      'module.exports = { Till: Till, tools: tools }',
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'a test file',
    language: 'javascript',
    text: `import { charge } from './charge.js'

describe('charge', () => {
  it('takes the total', async () => {
${body('    ', curly)}
  })

  it('refuses an empty cart', () => {
${body('    ', curly)}
  })
})
`,
    keeps: ["describe('charge'", "it('takes the total'", "it('refuses an empty cart'"],
    folds: ['gateway.step'],
  },
  {
    name: 'Go',
    language: 'go',
    text: `package till

import "fmt"

// Charge takes the total.
func (t *Till) Charge(cart Cart, retries ...int) (total int, err error) {
${body('\t', plain)}
	return total, nil
}

type Till struct {
	Name string \`json:"name"\`
}

func main() {
${body('\t', plain)}
}
`,
    keeps: [
      'func (t *Till) Charge(cart Cart, retries ...int) (total int, err error) {',
      'Name string',
      'func main() {',
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'Rust',
    language: 'rust',
    text: `use std::fmt;

#[derive(Debug)]
pub struct Till<T> { name: String, items: Vec<T> }

impl<T: Clone> Till<T> {
    /// Takes the total.
    pub fn charge(&mut self, cart: &T) -> Result<u64, Error> {
${body('        ', curly)}
        Ok(1)
    }
}

#[test]
fn rounds() {
    fn check(left: u64) {
${body('        ', curly)}
    }
${body('    ', (i) => `check(${i});`)}
}
`,
    keeps: ['#[derive(Debug)]', 'pub fn charge(&mut self, cart: &T) -> Result<u64, Error> {', 'fn check(left: u64) {'],
    folds: ['gateway.step', 'check(3)'],
  },
  {
    name: 'Java',
    language: 'java',
    text: `package shop;

import java.util.List;

/**
 * A till.
 * It holds money, and tells how much there is of it, to whoever asks for it
 * in a polite manner, at any time of the day, on working days and on others.
 */
@Singleton
public class Till implements Closer {
    private static final int LIMIT = 40;

    static {
${body('        ', curly)}
    }

    @Override
    public <T> List<T> charge(final Cart cart, int retries) throws IOException {
${body('        ', curly)}
        return null;
    }
}
`,
    keeps: [
      '* A till.',
      '@Singleton',
      'LIMIT = 40;',
      'public <T> List<T> charge(final Cart cart, int retries) throws IOException {',
    ],
    folds: ['gateway.step', 'polite manner'],
  },
  {
    name: 'C with macros',
    language: 'c',
    text: `#include <stdio.h>
#define LIMIT 40
LIST_HEAD(tills, till) all_tills;

static int charge(struct till *t, int total);

#ifdef HAVE_GATEWAY
static int
charge(struct till *t, int total)
{
	struct till *other;
	LIST_FOREACH(other, &all_tills, entry) {
${body('\t\t', curly)}
	}
out:
	return total;
}
#endif

int main(void)
{
${body('\t', curly)}
	return 0;
}
`,
    keeps: [
      '#define LIMIT 40',
      'LIST_HEAD(tills, till) all_tills;',
      '#ifdef HAVE_GATEWAY',
      'charge(struct till *t, int total)\n{',
      '#endif',
      'int main(void)',
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'C++',
    language: 'cpp',
    text: `#include <vector>
namespace shop {
template <typename T>
class Till final : public Base {
 public:
  explicit Till(int n) : n_(n) {
${body('    ', curly)}
  }
  int charge(const T& cart) const override;
 private:
  int n_;
};

int Till<int>::charge(const int& cart) const {
${body('  ', curly)}
  return 0;
}
}  // namespace shop
`,
    keeps: [
      'template <typename T>',
      'explicit Till(int n) : n_(n) {',
      'int charge(const T& cart) const override;',
      'int Till<int>::charge(const int& cart) const {',
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'Ruby',
    language: 'ruby',
    text: `require 'set'

module Shop
  class Till < Base
    LIMIT = 40
    attr_reader :name

    def charge(cart, retries: 3)
${body('      ', plain)}
    rescue Broken
      nil
    end

    def self.open?; true; end
  end
end

RSpec.describe Till do
  it 'takes the total' do
${body('    ', plain)}
  end
end
`,
    keeps: [
      'class Till < Base',
      'LIMIT = 40',
      'def charge(cart, retries: 3)',
      'def self.open?; true; end',
      "it 'takes the total' do",
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'PHP',
    language: 'php',
    text: `<?php
namespace Shop;

use Shop\\Cart;

final class Till extends Base
{
    const LIMIT = 40;
    private ?string $name = null;

    public function charge(Cart $cart, int $retries = 3): int
    {
${body('        ', (i) => `$this->gateway->step(${i}, $total + ${i});`)}
        return 0;
    }
}
`,
    keeps: ['use Shop\\Cart;', 'const LIMIT = 40;', 'public function charge(Cart $cart, int $retries = 3): int'],
    folds: ['gateway->step'],
  },
  {
    name: 'C#',
    language: 'csharp',
    text: `using System.Linq;

namespace Shop
{
    [Serializable]
    public sealed class Till : Base
    {
        public string Name { get; set; }

        public Till(int n) : base(n)
        {
${body('            ', curly)}
        }

        public async Task<int> Charge<T>(Cart cart, int retries = 3) where T : Cart
        {
${body('            ', curly)}
        }
    }
}
`,
    keeps: [
      '[Serializable]',
      'public string Name { get; set; }',
      'public Till(int n) : base(n)',
      'public async Task<int> Charge<T>(Cart cart, int retries = 3) where T : Cart',
    ],
    folds: ['gateway.step'],
  },
  {
    name: 'a table of numbers',
    language: 'javascript',
    text: `// Made by a program.\nexport const TABLE = [\n${body('  ', (i) => `${i * 17}, ${i * 31}, ${i * 91},`, 200)}\n]\n\nexport const SIZE = 3\n`,
    keeps: ['export const TABLE = [', '  0, 0, 0,', 'export const SIZE = 3'],
    folds: ['1700, 3100, 9100'],
  },
]
