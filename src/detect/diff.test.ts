import { describe, expect, it } from 'vitest'
import { detect } from './index.js'

const HUNK = ['@@ -1,3 +1,3 @@ main', ' one', '-two', '+three', ' four']
const GIT = ['diff --git a/x.c b/x.c', 'index 1234567..89abcde 100644', '--- a/x.c', '+++ b/x.c', ...HUNK]

describe('diffs', () => {
  it.each([
    ['git diff', GIT],
    ['git show', ['commit 0123456789abcdef0123456789abcdef01234567', 'Author: A <a@b.c>', '', '    Fix', '', ...GIT]],
    [
      'a log with a graph',
      ['* commit 0123456789abcdef', '| Author: A <a@b.c>', '| ', ...GIT.map((line) => `| ${line}`)],
    ],
    [
      'a word diff',
      [...GIT.slice(0, 4), '@@ -1,9 +1,9 @@', ...Array.from({ length: 20 }, (_, row) => `const a = [-${row}-]{+b+}`)],
    ],
    [
      'a combined diff',
      [
        'diff --cc x.c',
        'index 1,2..3',
        '--- a/x.c',
        '+++ b/x.c',
        '@@@ -1,2 -1,2 +1,3 @@@',
        '  one',
        '++two',
        '  three',
      ],
    ],
    ['svn diff', ['Index: x.c', '='.repeat(67), '--- x.c\t(revision 1)', '+++ x.c\t(working copy)', ...HUNK]],
    ['hg diff', ['diff -r 0123456789ab x.c', '--- a/x.c\tWed Mar 04', '+++ b/x.c\tThu Mar 05', ...HUNK]],
    ['diff -u', ['--- old/x.c\t2026-03-04 05:06:07', '+++ new/x.c\t2026-03-05 05:06:07', ...HUNK]],
    [
      'a patch with a header of prose',
      [
        'Description: Fix it',
        ' It was broken.',
        'Author: A <a@b.c>',
        'Forwarded: no',
        '',
        '--- a/x.c',
        '+++ b/x.c',
        ...HUNK,
      ],
    ],
    ['renames', ['diff --git a/x.c b/y.c', 'similarity index 100%', 'rename from x.c', 'rename to y.c']],
  ])('knows %s', (_, lines) => {
    expect(detect(`${lines.join('\n')}\n`)).toMatchObject({ type: 'diff' })
    expect(detect(`${lines.join('\r\n')}\r\n`)).toMatchObject({ type: 'diff' })
  })

  it('takes prose that quotes a hunk for prose', () => {
    const prose = Array.from({ length: 30 }, (_, row) => `This is sentence number ${row} of a longer explanation.`)
    expect(detect([...prose, ...HUNK, ...prose].join('\n')).type).not.toBe('diff')
  })
})
