/** The runtime's own `node:sqlite` behind our driver: the second choice, where the native package does not load. */
import type { SqlDatabase, SqlDriver, SqlRow, SqlStatement, SqlValue } from './driver.js'

interface NativeStatement {
  run(...values: readonly SqlValue[]): { readonly changes: number | bigint }
  get(...values: readonly SqlValue[]): SqlRow | undefined
  all(...values: readonly SqlValue[]): SqlRow[]
}

interface NativeDatabase {
  exec(sql: string): void
  prepare(sql: string): NativeStatement
  close(): void
}

export interface NodeSqliteModule {
  readonly DatabaseSync: new (file: string) => NativeDatabase
}

export const nodeSqliteDriver = ({ DatabaseSync }: NodeSqliteModule): SqlDriver => ({
  name: 'node:sqlite',
  open: (file) => adapt(new DatabaseSync(file)),
})

const adapt = (native: NativeDatabase): SqlDatabase => {
  const prepared = new Map<string, SqlStatement>()
  const prepare = (sql: string): SqlStatement => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const made = native.prepare(sql)
    const statement: SqlStatement = {
      run: (values) => Number(made.run(...values).changes),
      get: (values) => made.get(...values),
      all: (values) => made.all(...values),
    }
    prepared.set(sql, statement)
    return statement
  }
  return { exec: (sql) => native.exec(sql), prepare, close: () => native.close() }
}
