// Takes the lock again and again beside others of its kind, and is killed while it holds it the last time. Exit code 1: not alone.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, tryLock, unlock } from './state.js'

const [folder = '', times = ''] = process.argv.slice(2)
const inside = join(folder, 'inside')
for (let left = Number(times); left > 0; ) {
  if (!tryLock(folder)) continue
  try {
    writeFileSync(inside, String(process.pid), { flag: 'wx' })
  } catch {
    if (isAlive(Number(readFileSync(inside, 'utf8')))) process.exit(1)
    writeFileSync(inside, String(process.pid))
  }
  left--
  if (left === 0) process.kill(process.pid, 'SIGKILL')
  rmSync(inside)
  unlock(folder)
}
