// Data: test runners of Python. Every failure with its traceback, odd outcomes and totals stay; passing tests fold.
import type { Filter, Fold } from '../spec.js'

const SKIPPED_SHOWN = 5
const COVERED: Fold = {
  pattern: /^\S+\.py\s+\d+\s+0(?:\s+\d+\s+0)?\s+100%\s*$/,
  as: 'fully covered files',
  certain: true,
}

export const pythonTests: readonly Filter[] = [
  {
    name: 'pytest',
    version: 1,
    about: 'failures with their tracebacks, warnings, odd outcomes and totals stay; passing tests and files fold',
    match: [{ program: ['pytest', 'py.test', 'pytest-3'] }],
    sign: [/^=+ test session starts =+$/, /^=+ .*\b(?:passed|failed|error|no tests ran)\b.* in [\d.]+s.*=+$/],
    keep: [
      /^E {2,}/,
      /^>\s/,
      /\b(?:XPASS|FAILED|ERROR)\b/,
      /^(?:rootdir|plugins|platform|configfile): ?/,
      /^={5,} /,
      /^_{5,} /,
    ],
    summary: [
      /^(?:=+ )?(?:\d+ \w+, ){0,8}\d+ (?:passed|failed|error|errors|skipped|deselected|warnings?|xfailed|xpassed)\b.* in [\d.]+s/,
      /^=+ .* in [\d.]+s/,
      /^no tests ran/,
    ],
    fold: [
      { pattern: /^\S+::.+ PASSED(?: +\[ *\d+%\])?$/, as: 'passed tests' },
      { pattern: /^\[gw\d+\] \[ *\d+%\] PASSED \S/, as: 'passed tests' },
      {
        pattern: /^\S+::.+ SKIPPED(?: \((?<kind>[^()]*)\))?(?: +\[ *\d+%\])?$/,
        as: 'skipped tests',
        show: SKIPPED_SHOWN,
        certain: true,
      },
      { pattern: /^\[gw\d+\] \[ *\d+%\] SKIPPED \S/, as: 'skipped tests', show: SKIPPED_SHOWN, certain: true },
      {
        pattern: /^\S+::.+ XFAIL(?: \(.*\))?(?: +\[ *\d+%\])?$/,
        as: 'expected failures',
        show: SKIPPED_SHOWN,
        certain: true,
      },
      { pattern: /^SKIPPED \[\d+\] \S/, as: 'skipped tests', show: SKIPPED_SHOWN, certain: true },
      { pattern: /^PASSED \S+::/, as: 'passed tests' },
      { pattern: /^\S+\.py \.+(?: +\[ *\d+%\])?$/, as: 'files with passes only' },
      { pattern: /^\.+(?: +\[ *\d+%\])?$/, as: 'rows of passes', certain: true },
      {
        pattern: /^\[gw\d+\] (?:linux|darwin|win32|ok|node)|^(?:bringing up nodes|scheduling tests via)/,
        as: 'worker lines',
        certain: true,
      },
      { pattern: /^[\d.]+s (?:call|setup|teardown) +\S+::/, as: 'durations', top: 10, certain: true },
      COVERED,
    ],
    blocks: [{ start: /^_{3,} .* _{3,}$/, before: /^_{3,} .* _{3,}$|^={3,} .*={3,}$/, as: 'failure' }],
    cases: [
      {
        name: 'folds passing tests and keeps the failure, its name and the totals',
        command: 'uv run pytest -v 2>&1',
        output: `
============================= test session starts ==============================
platform linux -- Python 3.12.1, pytest-8.0.0, pluggy-1.4.0
rootdir: /repo
collected 32 items

x30 | tests/test_cart.py::test_adds_{n} PASSED [ {n}%]
tests/test_cart.py::test_rounds FAILED                       [ 97%]
tests/test_cart.py::test_gpu SKIPPED (needs a GPU)           [100%]

=================================== FAILURES ===================================
_________________________________ test_rounds __________________________________

    def test_rounds():
>       assert total() == 10.02
E       assert 10.03 == 10.02

tests/test_cart.py:9: AssertionError
=========================== short test summary info ============================
FAILED tests/test_cart.py::test_rounds - assert 10.03 == 10.02
=================== 1 failed, 30 passed, 1 skipped in 0.40s ====================
`,
        shows: `
============================= test session starts ==============================
platform linux -- Python 3.12.1, pytest-8.0.0, pluggy-1.4.0
rootdir: /repo
collected 32 items
... 31 lines: passed tests x30
tests/test_cart.py::test_rounds FAILED                       [ 97%]
tests/test_cart.py::test_gpu SKIPPED (needs a GPU)           [100%]

=================================== FAILURES ===================================
_________________________________ test_rounds __________________________________

    def test_rounds():
>       assert total() == 10.02
E       assert 10.03 == 10.02

tests/test_cart.py:9: AssertionError
=========================== short test summary info ============================
FAILED tests/test_cart.py::test_rounds - assert 10.03 == 10.02
=================== 1 failed, 30 passed, 1 skipped in 0.40s ====================
`,
      },
      {
        name: 'folds rows of dots and keeps rows with another outcome',
        command: 'python -m pytest',
        output: `
============================= test session starts ==============================
collected 100 items

x12 | tests/test_part_{n}.py ........                                     [ {n}%]
tests/test_cart.py ...F....                                          [ 99%]
tests/test_mail.py ..s.                                              [100%]

======================== 1 failed, 98 passed in 1.20s ==========================
`,
        shows: `
============================= test session starts ==============================
collected 100 items
... 13 lines: files with passes only x12
tests/test_cart.py ...F....                                          [ 99%]
tests/test_mail.py ..s.                                              [100%]

======================== 1 failed, 98 passed in 1.20s ==========================
`,
      },
      {
        name: 'keeps the slowest tests',
        command: 'pytest --durations=0 -q',
        output: `
........................                                                 [100%]
============================= slowest durations ================================
12.40s call     tests/test_cart.py::test_load
x20 | 0.0{n}s call     tests/test_cart.py::test_{n}
24 passed in 14.02s
`,
        shows: `
........................                                                 [100%]
============================= slowest durations ================================
12.40s call     tests/test_cart.py::test_load
... 1 line: durations x1
0.02s call     tests/test_cart.py::test_2
0.03s call     tests/test_cart.py::test_3
0.04s call     tests/test_cart.py::test_4
0.05s call     tests/test_cart.py::test_5
0.06s call     tests/test_cart.py::test_6
0.07s call     tests/test_cart.py::test_7
0.08s call     tests/test_cart.py::test_8
0.09s call     tests/test_cart.py::test_9
... 10 lines: durations x10
0.020s call     tests/test_cart.py::test_20
24 passed in 14.02s
`,
      },
    ],
  },
  {
    name: 'unittest',
    version: 1,
    about: 'failures with their tracebacks and totals stay; passing tests fold',
    match: [
      { program: ['unittest', 'trial', 'nosetests', 'nose2', 'zope-testrunner', 'stestr'] },
      { program: ['manage.py', 'django-admin'], sub: 'test' },
      { program: ['python', 'python3'], sub: ['manage.py test', 'setup.py test', 'tests/runtests.py', 'runtests.py'] },
    ],
    sign: [/^Ran \d+ tests? in [\d.]+s$/],
    keep: [/\.\.\. (?:FAIL|ERROR|unexpected success)$/],
    summary: [/^Ran \d+ tests? in/, /^(?:OK|FAILED)(?: \(.*\))?$/],
    fold: [
      { pattern: /\.\.\. ok$/, as: 'passed tests' },
      { pattern: /\.\.\. skipped (?<kind>.*)$/, as: 'skipped,', show: 2, certain: true },
      { pattern: /\.\.\. expected failure$/, as: 'expected failures', show: SKIPPED_SHOWN, certain: true },
      { pattern: /^\.{2,}$/, as: 'rows of passes', certain: true },
      {
        pattern: /^\s+(?:Applying|Creating table|Running deferred SQL|Synchronize) .*$/,
        as: 'migrations',
        certain: true,
      },
    ],
    blocks: [{ start: /^(?:ERROR|FAIL): /, before: /^={60,}$|^Ran \d+ tests?/, as: 'failure' }],
    cases: [
      {
        name: 'folds passing tests and keeps the failure',
        command: 'python3 -m unittest -v',
        output: `
x20 | test_adds_{n} (tests.CartTest.test_adds_{n}) ... ok
test_gpu (tests.CartTest.test_gpu) ... skipped 'needs a GPU'
test_rounds (tests.CartTest.test_rounds) ... FAIL

======================================================================
FAIL: test_rounds (tests.CartTest.test_rounds)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/repo/tests.py", line 9, in test_rounds
    self.assertEqual(total(), 10.02)
AssertionError: 10.03 != 10.02

----------------------------------------------------------------------
Ran 22 tests in 0.012s

FAILED (failures=1, skipped=1)
`,
        shows: `
test_adds_1 (tests.CartTest.test_adds_1) ... ok
... 19 lines: passed tests x19
test_gpu (tests.CartTest.test_gpu) ... skipped 'needs a GPU'
test_rounds (tests.CartTest.test_rounds) ... FAIL

======================================================================
FAIL: test_rounds (tests.CartTest.test_rounds)
----------------------------------------------------------------------
Traceback (most recent call last):
  File "/repo/tests.py", line 9, in test_rounds
    self.assertEqual(total(), 10.02)
AssertionError: 10.03 != 10.02

----------------------------------------------------------------------
Ran 22 tests in 0.012s

FAILED (failures=1, skipped=1)
`,
      },
    ],
  },
  {
    name: 'tox',
    version: 1,
    about: 'environments, commands, failures and totals stay; installation and build lines fold',
    match: [{ program: ['tox', 'nox'] }],
    keep: [/^ {2}\S+: (?:FAIL|SKIP)/, /^nox > .*(?:failed|error)/],
    summary: [/^ {2}\S+: (?:OK|FAIL|SKIP)/, /^ {2}(?:congratulations|evaluation failed)/, /^nox > (?:Ran|\*|Session)/],
    fold: [
      {
        pattern:
          /^\S+: (?:install_\w+|_optional_hooks|_exit|freeze|remove tox env folder|get_\w+|prepare_\w+|build_\w+|recreate|packaging|exit 0)\b.*$/,
        as: 'environment setup',
        certain: true,
      },
      {
        pattern: /^nox > (?:python -m pip install|pip install|Creating virtual environment|Re-using existing)/,
        as: 'environment setup',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps the verdict of each environment',
        output: `
x8 | py31{n}: install_deps> python -I -m pip install pytest
py310: commands[0]> pytest -q
py311: commands[0]> pytest -q
py311: exit 1 (0.40 seconds) /repo> pytest -q pid=12
  py310: OK (12.01=setup[2.01]+cmd[10.00] seconds)
  py311: FAIL code 1 (3.40=setup[2.00]+cmd[1.40] seconds)
  evaluation failed :( (15.50 seconds)
`,
        shows: `
py311: install_deps> python -I -m pip install pytest
... 7 lines: environment setup x7
py310: commands[0]> pytest -q
py311: commands[0]> pytest -q
py311: exit 1 (0.40 seconds) /repo> pytest -q pid=12
  py310: OK (12.01=setup[2.01]+cmd[10.00] seconds)
  py311: FAIL code 1 (3.40=setup[2.00]+cmd[1.40] seconds)
  evaluation failed :( (15.50 seconds)
`,
      },
    ],
  },
]
