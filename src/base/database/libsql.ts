/**
 * libsql 0.5 behind our driver. Its traps, all seen: a lone Buffer argument aborts the process, so values are always one
 * array; `get` adds a `_metadata` key; `all` gives blobs as ArrayBuffer where `get` gives Buffer.
 */
import type { SqlDatabase, SqlDriver, SqlRow, SqlStatement, SqlValue } from './driver.js'

interface NativeStatement {
  run(values: readonly SqlValue[]): { readonly changes: number }
  get(values: readonly SqlValue[]): Record<string, unknown> | undefined
  all(values: readonly SqlValue[]): Record<string, unknown>[]
}

interface NativeDatabase {
  exec(sql: string): void
  prepare(sql: string): NativeStatement
  close(): void
}

export type LibsqlModule = new (file: string) => NativeDatabase

export const libsqlDriver = (Native: LibsqlModule): SqlDriver => ({
  name: 'libsql',
  open: (file) => adapt(new Native(file)),
})

const adapt = (native: NativeDatabase): SqlDatabase => {
  const prepared = new Map<string, SqlStatement>()
  const prepare = (sql: string): SqlStatement => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = adaptStatement(native.prepare(sql))
    prepared.set(sql, statement)
    return statement
  }
  return {
    exec: (sql) => native.exec(sql),
    prepare,
    close: () => {
      prepared.clear()
      native.close()
    },
  }
}

const adaptStatement = (native: NativeStatement): SqlStatement => ({
  run: (values) => native.run(values).changes,
  get: (values) => {
    const row = native.get(values)
    if (row === undefined) return undefined
    delete row._metadata
    return plainRow(row)
  },
  all: (values) => native.all(values).map(plainRow),
})

const plainRow = (row: Record<string, unknown>): SqlRow => {
  for (const name in row) {
    const value = row[name]
    if (value instanceof ArrayBuffer) row[name] = new Uint8Array(value)
  }
  return row as SqlRow
}
