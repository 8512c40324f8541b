import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ContentType, Origin } from '../spec/content.js'
import { detect } from './index.js'

interface Sample {
  readonly name: string
  readonly type: ContentType
  readonly text: string
  readonly language?: string
  readonly origin?: Origin
}

const lines = (...parts: string[]): string => parts.join('\n')
const times = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('\n')

const SAMPLES: readonly Sample[] = [
  // JSON
  {
    name: 'array of objects',
    type: 'json',
    text: JSON.stringify([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ]),
  },
  {
    name: 'object with items',
    type: 'json',
    text: JSON.stringify({ total: 2, items: [{ id: 1 }, { id: 2 }] }, null, 2),
  },
  {
    name: 'list that a client has cut in the middle',
    type: 'json',
    text: lines(
      '[',
      times(9, (i) => `  {"id": ${i}, "name": "service-${i}", "ok": true},`),
      '  {"id": 9, "na',
      '...[truncated 16060 chars]...',
      'k": true},',
      times(9, (i) => `  {"id": ${40 + i}, "name": "service-${40 + i}", "ok": true}${i === 8 ? '' : ','}`),
      ']',
    ),
    origin: { toolName: 'run_shell_command', command: 'cat services.json' },
  },
  {
    name: 'list whose end a client has cut',
    type: 'json',
    text: JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ id: i, region: 'eu-1' }))).slice(0, 3000),
  },
  {
    name: 'list whose beginning a client has cut, inside a row',
    type: 'json',
    text: `gion": "eu-1"\n },\n${JSON.stringify(
      Array.from({ length: 90 }, (_, i) => ({ id: i, tags: ['a', 'b'], at: { zone: i } })),
      null,
      1,
    ).slice(2)}`,
  },
  {
    name: 'list whose beginning a client has cut, between rows, one row a line',
    type: 'json',
    text: `${times(90, (i) => `{"id": ${i}, "region": "eu-1"},`)}\n{"id": 90, "region": "eu-1"}]}`,
  },
  {
    name: 'rows in code, which no cut has opened',
    type: 'plain',
    text: lines(
      'import type { Row } from "./row.js"',
      '',
      'const rows: Row[] = [',
      times(60, (i) => `  {"id": ${i}, "name": "service-${i}"},`),
      ']',
      'export default rows',
    ),
  },
  { name: 'array of numbers', type: 'json', text: '[1, 2.5, -3e4, 5, 6]' },
  { name: 'empty object', type: 'json', text: '{}' },
  { name: 'JSON lines', type: 'json', text: times(5, (i) => JSON.stringify({ id: i, name: `user ${i}` })) },
  { name: 'concatenated values', type: 'json', text: '{"a":1}{"a":2}\n{"a":3}' },
  {
    name: 'one long line, cut sample',
    type: 'json',
    text: JSON.stringify(Array.from({ length: 9000 }, (_, i) => ({ id: i, path: 'src/a.ts:12: x', ok: true }))),
  },
  {
    name: 'jq output',
    type: 'json',
    text: '{\n  "status": "failed",\n  "log": "12:00:01 ERROR boom"\n}',
    origin: { toolName: 'Bash', command: 'curl -s localhost | jq .' },
  },
  {
    name: 'package.json through cat',
    type: 'json',
    text: '{\n  "name": "x",\n  "scripts": {\n    "test": "vitest"\n  }\n}\n',
    origin: { command: 'cat package.json' },
  },
  // search
  {
    name: 'article with snippets between unwrapped paragraphs',
    type: 'text',
    text: times(
      12,
      (i) =>
        `Before version ${i} every caller had to remember the answer of the service by itself, which is easy to forget and hard to test; the cache below does it once, for all callers, and says how long an answer may be kept before it has to be asked for again.\n\nconst kept${i} = new Map()\nfunction answer${i}(key) {\n  if (kept${i}.has(key)) return kept${i}.get(key)\n  return kept${i}.set(key, ask(key))\n}\n`,
    ),
  },
  { name: 'grep -rn', type: 'search', text: times(6, (i) => `src/a${i}.c:${i * 11}:\treturn error_code(${i});`) },
  {
    name: 'rg --column',
    type: 'search',
    text: times(6, (i) => `lib/x.py:${i + 3}:${i + 1}:    value = compute(${i})`),
  },
  {
    name: 'grep -r without numbers, of code',
    type: 'search',
    text: lines(
      'src/a.ts:import { find } from "./find.js"',
      'src/a.ts:\tconst found: Found = find(1)',
      'src/b/c.ts:export function find(n: number): Found {',
      'src/b/c.ts:  return new Found(n)',
    ),
    origin: { toolName: 'bash', command: 'cd /p && grep -r "find" src --include="*.ts" | head -20' },
  },
  {
    name: 'the same lines, of no search',
    type: 'code',
    text: lines(
      'src/a.ts:import { find } from "./find.js"',
      'src/a.ts:\tconst found: Found = find(1)',
      'src/b/c.ts:export function find(n: number): Found {',
      'src/b/c.ts:  return new Found(n)',
    ),
  },
  { name: 'grep of one match', type: 'search', text: 'src/main.rs:12:fn main() {', origin: { toolName: 'Grep' } },
  {
    name: 'grep -C with separators',
    type: 'search',
    text: lines(
      'src/a.go-10-\tx := 1',
      'src/a.go:11:\ty := find(x)',
      'src/a.go-12-\treturn y',
      '--',
      'src/b.go-1-package b',
      'src/b.go:2:import "find"',
      'src/b.go-3-',
    ),
  },
  {
    name: 'rg --heading',
    type: 'search',
    text: lines(
      'src/a.ts',
      '3:import { find } from "x"',
      '40:  find(y)',
      '',
      'src/b.ts',
      '7:const find = 1',
      '9:find()',
    ),
  },
  {
    name: 'rg --json',
    type: 'search',
    text: lines(
      '{"type":"begin","data":{"path":{"text":"a.ts"}}}',
      '{"type":"match","data":{"path":{"text":"a.ts"},"lines":{"text":"find()\\n"},"line_number":3}}',
      '{"type":"end","data":{"path":{"text":"a.ts"}}}',
    ),
  },
  { name: 'grep -c', type: 'search', text: lines('src/a.ts:12', 'src/b.ts:0', 'src/c/d.ts:3', 'src/c/e.ts:1') },
  { name: 'grep -l', type: 'listing', text: lines('src/a.ts', 'src/b/c.ts', 'test/a.test.ts', 'README.md') },
  {
    name: 'find',
    type: 'listing',
    text: lines('./a', './a/b.txt', './a/c d.txt', './.git/HEAD', './node_modules/x/index.js'),
    origin: { command: "find . -name '*'" },
  },
  {
    name: 'git ls-files',
    type: 'listing',
    text: times(9, (i) => `packages/core/src/module-${i}.tsx`),
    origin: { command: 'git ls-files | head -9' },
  },
  {
    name: 'grep of a log by date name',
    type: 'search',
    text: times(5, (i) => `logs/2024-01-1${i}.log:${i + 1}:GET /health 200`),
  },
  {
    name: 'Windows paths',
    type: 'search',
    text: times(5, (i) => `C:\\src\\app\\file${i}.cs:${i + 10}:    public void Run()`),
  },
  {
    name: 'Gemini grep',
    type: 'search',
    text: lines(
      'Found 3 matches for pattern "x" in path ".":',
      '---',
      'File: pkg/base.py',
      'L1: import x',
      'L40: x()',
      '---',
      'File: pkg/other.py',
      'L7: x = 1',
      '---',
    ),
  },
  {
    name: 'OpenCode grep',
    type: 'search',
    text: lines(
      'Found 3 matches',
      '/home/u/p/a.ts:',
      '  Line 2: import x',
      '  Line 9: x()',
      '',
      '/home/u/p/b.ts:',
      '  Line 4: x = 2',
    ),
  },
  {
    name: 'Claude Code Glob',
    type: 'listing',
    text: times(6, (i) => `/home/u/p/src/part${i}/index.ts`),
    origin: { toolName: 'Glob' },
  },
  {
    name: 'git grep',
    type: 'search',
    text: times(4, (i) => `doc/readme.md:${i * 5 + 1}:Use the widget number ${i} with care`),
    origin: { command: 'git grep -n widget' },
  },
  {
    name: 'grep of file and host names in text',
    type: 'search',
    text: times(4, (i) => `etc/hosts.conf:${i + 1}:10.0.0.${i}:8080 http://a:80`),
  },
  // logs
  {
    name: 'ISO T timestamps',
    type: 'log',
    text: times(20, (i) => `2024-01-15T10:23:${10 + i} worker-${i % 3} handled request ${i}`),
  },
  {
    name: 'bracketed timestamps',
    type: 'log',
    text: times(20, (i) => `[2024-01-15T10:23:${10 + i}Z] worker handled ${i}`),
  },
  { name: 'HH:MM:SS', type: 'log', text: times(20, (i) => `10:23:${10 + i} GET /a/${i} 200`) },
  {
    name: 'date space time',
    type: 'log',
    text: times(20, (i) => `2024-01-15 10:23:${10 + i},123 INFO app.core: step ${i}`),
  },
  {
    name: 'syslog',
    type: 'log',
    text: times(20, (i) => `Dec 10 06:55:${10 + i} host sshd[242${i}]: Failed password for root from 10.0.0.${i}`),
  },
  {
    name: 'ISO time with a path-like prefix',
    type: 'log',
    text: times(12, (i) => `2024-01-15T10:23:1${i % 10}.123Z src/app.ts:${i}: started`),
  },
  { name: 'klog', type: 'log', text: times(10, (i) => `I0115 10:23:1${i}.000001       1 controller.go:${i}] synced`) },
  { name: 'dmesg', type: 'log', text: times(10, (i) => `[    ${i}.123456] usb 1-${i}: new device`) },
  { name: 'logfmt', type: 'log', text: times(10, (i) => `time="2024-01-15T10:23:1${i}Z" level=info msg="tick ${i}"`) },
  {
    name: 'JSON log lines',
    type: 'log',
    text: times(10, (i) => JSON.stringify({ level: 30, time: 1700000000 + i, msg: `request ${i}` })),
  },
  {
    name: 'pytest -v',
    type: 'log',
    text: lines(
      '============ test session starts ============',
      'collected 4 items',
      '',
      ...Array.from({ length: 4 }, (_, i) => `tests/test_a.py::test_${i} PASSED   [ ${i}5%]`),
      '============ 4 passed in 0.12s ============',
    ),
  },
  {
    name: 'pytest failure',
    type: 'log',
    text: lines(
      '=================== FAILURES ===================',
      '____________ test_a ____________',
      '    def test_a():',
      '>       assert f(1) == 2',
      'E       assert 1 == 2',
      'tests/test_a.py:5: AssertionError',
      '1 failed, 3 passed in 0.1s',
    ),
    origin: { command: 'cd /x && python -m pytest 2>&1 | tail -40' },
  },
  {
    name: 'cargo build',
    type: 'log',
    text: lines(
      '   Compiling libc v0.2.150',
      '   Compiling serde v1.0.190',
      'warning: unused variable: `x`',
      ' --> src/main.rs:3:9',
      '  |',
      '3 |     let x = 1;',
      '  |         ^ help: prefix it',
      '    Finished dev [unoptimized] target(s) in 2.1s',
    ),
  },
  {
    name: 'npm install',
    type: 'log',
    text: lines(
      'npm warn deprecated a@1: old',
      'npm warn deprecated b@2: old',
      '',
      'added 120 packages, and audited 121 packages in 3s',
      '',
      '10 packages are looking for funding',
      '  run `npm fund` for details',
      'found 0 vulnerabilities',
    ),
  },
  {
    name: 'apt',
    type: 'log',
    text: lines(
      'Reading package lists...',
      'Building dependency tree...',
      'Get:1 http://deb.debian.org/debian a 1.0',
      'Get:2 http://deb.debian.org/debian b 1.0',
      'Unpacking a (1.0) ...',
      'Setting up a (1.0) ...',
    ),
  },
  {
    name: 'tsc',
    type: 'log',
    text: times(5, (i) => `src/a${i}.ts(${i + 1},5): error TS2304: Cannot find name 'x${i}'.`),
  },
  {
    name: 'tsc pretty',
    type: 'log',
    text: times(5, (i) => `src/a${i}.ts:${i + 1}:5 - error TS2304: Cannot find name 'x${i}'.`),
  },
  {
    name: 'gcc',
    type: 'log',
    text: times(5, (i) => `src/a${i}.c:${i + 1}:5: warning: unused variable 'x' [-Wunused-variable]`),
  },
  {
    name: 'eslint',
    type: 'log',
    text: lines(
      '/home/u/p/a.js',
      "  66:11  warning  's' is never reassigned  prefer-const",
      "  70:1   error    'x' is not defined       no-undef",
      '',
      '/home/u/p/b.js',
      "  6:11  warning  'y' is never used  no-unused-vars",
      '',
      '✖ 3 problems (1 error, 2 warnings)',
    ),
  },
  {
    name: 'node stack',
    type: 'log',
    text: lines(
      'TypeError: Cannot read properties of undefined',
      '    at run (/app/a.js:3:5)',
      '    at Object.<anonymous> (/app/b.js:9:1)',
      '    at Module._compile (node:internal:1)',
      'Node.js v20.20.2',
    ),
  },
  {
    name: 'python traceback',
    type: 'trace',
    text: lines(
      'Traceback (most recent call last):',
      '  File "/a/b.py", line 3, in <module>',
      '    run()',
      '  File "/a/c.py", line 9, in run',
      '    raise ValueError(1)',
      'ValueError: 1',
    ),
  },
  {
    name: 'go panic',
    type: 'log',
    text: lines(
      'panic: runtime error: index out of range',
      '',
      'goroutine 1 [running]:',
      'main.main()',
      '\t/app/x.go:9 +0x1d',
      'exit status 2',
    ),
  },
  {
    name: 'java stack',
    type: 'log',
    text: lines(
      'Exception in thread "main" java.lang.IllegalStateException: bad',
      '\tat a.b.C.run(C.java:12)',
      '\tat a.b.Main.main(Main.java:3)',
      'Caused by: java.io.IOException: x',
      '\t... 2 more',
    ),
  },
  {
    name: 'kubectl get pods',
    type: 'log',
    text: lines(
      'NAME                    READY   STATUS    RESTARTS   AGE',
      ...Array.from({ length: 6 }, (_, i) => `web-7d9c-${i}              1/1     Running   0          ${i}d`),
    ),
  },
  {
    name: 'kubectl describe',
    type: 'log',
    text: lines(
      'Name:         web-0',
      'Namespace:    default',
      'Labels:       app=web',
      'Status:       Running',
      'Containers:',
      '  web:',
      '    Image:          nginx',
      '    Restart Count:  3',
      'Events:',
      '  Type    Reason   Age   From     Message',
      '  Normal  Pulled   1m    kubelet  Container image pulled',
    ),
  },
  {
    name: 'ps aux',
    type: 'log',
    text: lines(
      'USER       PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND',
      ...Array.from(
        { length: 6 },
        (_, i) => `root         ${i}  0.0  0.1 1675${i} 11212 ?        Ss   Jan01   0:0${i} /sbin/init ${i}`,
      ),
    ),
  },
  {
    name: 'docker ps',
    type: 'log',
    text: lines(
      'CONTAINER ID   IMAGE     COMMAND     CREATED      STATUS      PORTS     NAMES',
      'aabbccddeeff   nginx     "nginx -g"  2 days ago   Up 2 days   80/tcp    web',
      'bbbbccddeeff   redis     "redis"     3 days ago   Up 3 days   6379/tcp  cache',
    ),
  },
  {
    name: 'Prometheus text',
    type: 'log',
    text: lines(
      '# HELP http_requests_total Requests.',
      '# TYPE http_requests_total counter',
      'http_requests_total{code="200"} 1027',
      'http_requests_total{code="500"} 3',
      'process_cpu_seconds_total 12.5',
    ),
  },
  {
    name: 'ls -la',
    type: 'listing',
    text: lines(
      'total 24',
      ...Array.from({ length: 6 }, (_, i) => `-rw-r--r-- 1 u u  ${100 + i} Jan  1 10:0${i} file${i}.txt`),
    ),
    origin: { command: 'ls -la' },
  },
  {
    name: 'make',
    type: 'log',
    text: lines(
      'make[1]: Entering directory /a',
      'cc -O2 -c a.c -o a.o',
      'cc -O2 -c b.c -o b.o',
      'ar rcs libx.a a.o b.o',
      'make[1]: Leaving directory /a',
    ),
  },
  {
    name: 'go test -v',
    type: 'log',
    text: lines(
      '=== RUN   TestA',
      '--- PASS: TestA (0.00s)',
      '=== RUN   TestB',
      '    b_test.go:9: got 1',
      '--- FAIL: TestB (0.00s)',
      'FAIL',
      'FAIL\texample.com/x\t0.01s',
    ),
  },
  {
    name: 'log searched by grep',
    type: 'log',
    text: times(8, (i) => `2024-01-15 10:23:1${i} ERROR db timeout ${i}`),
    origin: { command: 'cat app.log | grep ERROR' },
  },
  // diffs
  {
    name: 'git diff',
    type: 'diff',
    text: lines(
      'diff --git a/x.c b/x.c',
      'index 1234567..89abcde 100644',
      '--- a/x.c',
      '+++ b/x.c',
      '@@ -1,3 +1,3 @@',
      ' int a;',
      '-int b;',
      '+int c;',
      ' int d;',
    ),
    origin: { command: 'git diff' },
  },
  {
    name: 'diff -u',
    type: 'diff',
    text: lines('--- old.txt\t2024-01-01 00:00:00', '+++ new.txt\t2024-01-02 00:00:00', '@@ -1 +1 @@', '-a', '+b'),
  },
  {
    name: 'git show',
    type: 'diff',
    text: lines(
      'commit 28a9c128912de19f3fb28b00ae289c9b93f6f392',
      'Author: A <a@b.c>',
      'Date:   Mon',
      '',
      '    Fix it',
      '',
      'diff --git a/x b/x',
      '--- a/x',
      '+++ b/x',
      '@@ -1,2 +1,2 @@ f()',
      '-a',
      '+b',
      ' c',
    ),
    origin: { command: 'git show HEAD' },
  },
  // HTML
  {
    name: 'HTML document',
    type: 'html',
    text: '<!DOCTYPE html>\n<html><head><title>x</title></head><body><p>Hello there</p></body></html>',
  },
  {
    name: 'HTML fragment',
    type: 'html',
    text: `<div class="a">${'<p>One <a href="x">two</a> three.</p>'.repeat(6)}</div>`,
  },
  // code
  {
    name: 'Python',
    type: 'code',
    language: 'python',
    text: lines(
      'import os',
      'from a import b',
      '',
      'class A(B):',
      '    def run(self, x):',
      '        if x is None:',
      '            return 1',
      '        for y in x:',
      '            self.do(y)',
    ),
  },
  {
    name: 'TypeScript',
    type: 'code',
    language: 'typescript',
    text: lines(
      "import { a } from './a.js'",
      '',
      'export interface B {',
      '  readonly c: string',
      '}',
      'export const d = (b: B): string => {',
      '  const e = a(b.c)',
      '  return e',
      '}',
    ),
  },
  {
    name: 'JavaScript',
    type: 'code',
    language: 'javascript',
    text: lines(
      "const fs = require('fs');",
      '',
      'function run(a, b) {',
      '  var c = a === b;',
      '  return fs.x(c);',
      '}',
      'module.exports = run;',
    ),
  },
  {
    name: 'Go',
    type: 'code',
    language: 'go',
    text: lines(
      'package main',
      '',
      'import (',
      '\t"fmt"',
      ')',
      '',
      'func main() {',
      '\tx, err := run()',
      '\tif err != nil {',
      '\t\tfmt.Println(err)',
      '\t}',
      '}',
    ),
  },
  {
    name: 'Rust',
    type: 'code',
    language: 'rust',
    text: lines(
      'use std::io;',
      '',
      'pub struct A<T> { b: T }',
      'impl<T> A<T> {',
      '    pub fn new(b: T) -> Self {',
      '        let mut c = Vec::<u8>::new();',
      '        A { b }',
      '    }',
      '}',
    ),
  },
  {
    name: 'Java',
    type: 'code',
    language: 'java',
    text: lines(
      'package a.b;',
      'import java.util.List;',
      'public class C {',
      '    private final List<String> d;',
      '    @Override',
      '    public String run(int x) throws IOException {',
      '        return d.get(x);',
      '    }',
      '}',
    ),
  },
  {
    name: 'C',
    type: 'code',
    language: 'c',
    text: lines(
      '#include <stdio.h>',
      '#define X 1',
      'static int run(struct a *b) {',
      '    if (b->c == NULL) return -1;',
      '    return sizeof(b);',
      '}',
    ),
  },
  {
    name: 'C++',
    type: 'code',
    language: 'cpp',
    text: lines(
      '#include <vector>',
      'namespace a {',
      'template <typename T>',
      'class B {',
      ' public:',
      '  std::vector<T> c() const override;',
      '};',
      'int D::run() { return nullptr != x; }',
      '}',
    ),
  },
  {
    name: 'Ruby',
    type: 'code',
    language: 'ruby',
    text: lines(
      "require 'json'",
      'module A',
      '  class B < C',
      '    def run(x)',
      '      x.each do |y|',
      '        puts y',
      '      end',
      '    end',
      '  end',
      'end',
    ),
  },
  {
    name: 'numbered Read with gutter',
    type: 'code',
    language: 'python',
    text: times(12, (i) => `${i + 1}\t${i % 3 === 0 ? `def f${i}(self):` : `    return self.x${i}`}`),
    origin: { toolName: 'Read', path: '/a/b.py' },
  },
  {
    name: 'cat -n with arrows',
    type: 'code',
    language: 'typescript',
    text: times(9, (i) => `     ${i + 1}→export const a${i} = (b: string): string => b`),
    origin: { toolName: 'Read', path: 'a.ts' },
  },
  {
    name: 'file name decides',
    type: 'code',
    language: 'typescript',
    text: lines('export const a = 1', 'export const b = 2', 'export const c = [a, b]', 'run(c)'),
    origin: { toolName: 'Bash', command: 'cat src/x.ts' },
  },
  {
    name: 'YAML',
    type: 'yaml',
    text: lines(
      'apiVersion: v1',
      'kind: Pod',
      'metadata:',
      '  name: x',
      'spec:',
      '  containers:',
      '    - name: a',
      '      image: b',
    ),
    origin: { command: 'cat pod.yaml' },
  },
  // text
  {
    name: 'prose',
    type: 'text',
    text: lines(
      'The quick brown fox jumps over the lazy dog because it was asked to.',
      'Nobody knows who asked it to do so, and the dog has never complained.',
      'There is more to this story than can be told in three short lines.',
    ),
  },
  {
    name: 'Markdown',
    type: 'text',
    text: lines(
      '# Title',
      '',
      'Some words about the thing, and more of them.',
      '',
      '## Part',
      '',
      '- one item that is short',
      '- another item with [a link](x)',
      '',
      'A closing paragraph with a few words.',
    ),
  },
  {
    name: 'Markdown with code',
    type: 'text',
    text: lines(
      '# Install',
      '',
      '```sh',
      'npm install x',
      'npm test',
      '```',
      '',
      '## Use',
      '',
      '```js',
      "const a = require('x')",
      'a.run()',
      '```',
      'Then it runs as you would expect it to.',
    ),
  },
  {
    name: 'Chinese prose',
    type: 'text',
    text: lines('今天天气很好,我们去公园散步。', '公园里有很多人在跑步和聊天。', '我们坐在长椅上看了很久的湖水。'),
  },
  // tables
  {
    name: 'CSV',
    type: 'table',
    text: lines('id,name,city,age', ...Array.from({ length: 8 }, (_, i) => `${i},user${i},Berlin,${20 + i}`)),
  },
  {
    name: 'TSV',
    type: 'table',
    text: lines('id\tname\tcity', ...Array.from({ length: 8 }, (_, i) => `${i}\tuser${i}\tBerlin`)),
  },
  {
    name: 'Markdown table',
    type: 'table',
    text: lines('| a | b | c |', '|---|---|---|', ...Array.from({ length: 8 }, (_, i) => `| ${i} | x${i} | y |`)),
  },
  // nothing known
  { name: 'words', type: 'plain', text: 'ok' },
  { name: 'base64', type: 'plain', text: times(6, (i) => `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo'.repeat(2)}${i}`) },
  {
    name: 'pip list',
    type: 'table',
    text: lines(
      'Package    Version',
      '---------- -------',
      times(12, (i) => `package-${i}  1.${i}.0`),
    ),
  },
  {
    name: 'git log --oneline',
    type: 'listing',
    text: times(12, (i) => `${(0xabc1234 + i).toString(16)} fix(part-${i}): mend thing ${i}`),
  },
]

describe('detect', () => {
  it('knows more than 60 forms', () => expect(SAMPLES.length).toBeGreaterThan(60))
  it.each(SAMPLES)('reads $name as $type', ({ text, type, language, origin }) => {
    const found = detect(text, origin)
    expect({ type: found.type, language: found.language, why: found.evidence }).toMatchObject({
      type,
      ...(language ? { language } : {}),
    })
    if (type !== 'plain') expect(found.confidence).toBeGreaterThanOrEqual(0.5)
  })
  it('never takes a timestamp for a path, whatever tool is said to have printed it', () => {
    const stamps = [
      '2024-01-15T10:23:11',
      '2024-01-15 10:23:11',
      '[2024-01-15T10:23:11Z]',
      '10:23:11',
      'Jan 15 10:23:11',
      '2024/01/15-10:23:11',
      '10/Oct/2024:13:55:36',
      '01/15/2024:10:23:11',
      '2024.01.15:10:23:11',
    ]
    for (const stamp of stamps)
      for (const origin of [undefined, { toolName: 'Grep' }, { command: 'rg -n x' }])
        expect(
          detect(
            times(30, (i) => `${stamp} task ${i} done in ${i} ms`),
            origin,
          ).type,
        ).toBe('log')
  })
  it('lets no origin turn a text into what it is not', () => {
    expect(detect('{"a":[1,2,3]}', { command: 'pytest' }).type).toBe('json')
    expect(detect(SAMPLES.find(({ name }) => name === 'prose')!.text, { command: 'git diff' }).type).toBe('text')
    expect(detect(SAMPLES.find(({ name }) => name === 'Python')!.text, { toolName: 'Grep' }).type).toBe('code')
  })
  it('answers any text with a known type and a confidence, the same twice, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        const found = detect(text)
        expect(found.confidence).toBeGreaterThanOrEqual(0)
        expect(found.confidence).toBeLessThanOrEqual(1)
        expect(detect(text)).toEqual(found)
      }),
      { numRuns: 500 },
    )
  })
  it('takes bounded time on hostile text of any size (J-7)', () => {
    const units = [
      'a',
      ' ',
      'a ',
      'a,',
      '- ',
      '<div ',
      '"\\',
      '{"a":',
      '[',
      'a/b',
      'a-1-',
      'x.y:1',
      '#',
      ' a',
      '\t',
      ':',
      '(',
      '*',
      '=',
      'word, word. ',
      '::a',
      '0 ',
      'a.b ',
      '  x  ',
    ]
    for (const unit of units) {
      const started = process.cpuUsage()
      detect(unit.repeat(300_000 / unit.length))
      detect(`${unit.repeat(400)}\n`.repeat(300))
      const used = process.cpuUsage(started)
      expect([unit, (used.user + used.system) / 1000 < 250]).toEqual([unit, true])
    }
  })
})
