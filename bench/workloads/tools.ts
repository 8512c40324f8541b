// The tool answers that the agent workloads share, each a JSON document as a service prints it: indented by two.
import { type Draw, dayOf, hexOf, twoDigits } from './draw.js'

const SERVICES = ['api-gateway', 'auth-service', 'payment-service', 'user-service', 'notification-service']
const LEVELS = ['INFO', 'INFO', 'INFO', 'INFO', 'WARN', 'ERROR', 'DEBUG']

export interface LogEntry {
  timestamp: string
  level: string
  service: string
  message: string
  trace_id: string
  metadata: { host: string; region: string; [field: string]: unknown }
}

const messageOf = (draw: Draw, level: string, service: string): string => {
  if (level === 'ERROR')
    return draw.pick([
      `Connection refused to ${service}:8080 - ECONNREFUSED`,
      `Timeout waiting for response from ${service} after 30000ms`,
      'Failed to process request: NullPointerException',
      'Database connection pool exhausted',
    ])
  if (level === 'WARN')
    return draw.pick([
      'High latency detected: 2500ms (threshold: 1000ms)',
      'Rate limit approaching: 450/500 requests',
      'Memory usage at 85%',
      `Retry attempt 3/5 for ${service}`,
    ])
  return draw.pick([
    'Request processed successfully',
    'Health check passed',
    `Cache hit for key: user_session_${draw.int(1000, 9999)}`,
    `Authenticated user: user_${draw.int(1000, 9999)}`,
  ])
}

export const logEntries = (draw: Draw, count: number): LogEntry[] =>
  Array.from({ length: count }, (_, index) => {
    const level = draw.pick(LEVELS)
    const service = draw.pick(SERVICES)
    return {
      timestamp: `2024-01-15T${twoDigits(10 + Math.floor(index / 60))}:${twoDigits(index % 60)}:00Z`,
      level,
      service,
      message: messageOf(draw, level, service),
      trace_id: hexOf('md5', String(index)).slice(0, 16),
      metadata: {
        host: `pod-${service}-${draw.int(1, 5)}`,
        region: draw.pick(['us-east-1', 'us-west-2', 'eu-west-1']),
      },
    }
  })

export const logsAnswer = (entries: readonly LogEntry[]): object => ({
  total_hits: entries.length * 10,
  returned: entries.length,
  entries,
})

export interface UserRow {
  user_id: string
  email: string | null
  created_at: string
  last_login: string
  total_orders: number
  total_revenue: number
  status: string
  country: string
  subscription_tier: string
}

export const userRows = (draw: Draw, count: number): UserRow[] => {
  const rows = Array.from({ length: count }, (_, index) => ({
    user_id: `user_${10_000 + index}`,
    email: `user${10_000 + index}@example.com`,
    created_at: dayOf(draw),
    last_login: `${dayOf(draw)}T${twoDigits(draw.int(0, 23))}:00:00Z`,
    total_orders: draw.int(0, 100),
    total_revenue: draw.float(0, 10_000, 2),
    status: draw.pick(['active', 'active', 'active', 'inactive', 'suspended']),
    country: draw.pick(['US', 'UK', 'DE', 'FR', 'JP', 'AU', 'CA']),
    subscription_tier: draw.pick(['free', 'free', 'basic', 'premium', 'enterprise']),
  }))
  for (let twist = 0; twist < 3; twist++) {
    draw.pick(rows).total_revenue = draw.float(50_000, 100_000, 2)
    draw.pick(rows).status = 'suspended'
  }
  return rows
}

export const rowsAnswer = (draw: Draw, rows: readonly UserRow[]): object => ({
  columns: Object.keys(rows[0]!),
  row_count: rows.length,
  rows,
  execution_time_ms: draw.int(50, 500),
})

const NAMED_FILES = [
  'src/auth/jwt_handler.py',
  'src/auth/oauth_provider.py',
  'src/api/routes/users.py',
  'src/api/routes/products.py',
  'src/services/payment_processor.py',
  'src/services/email_sender.py',
  'src/middleware/rate_limiter.py',
  'src/middleware/auth_middleware.py',
  'src/models/user.py',
  'src/models/order.py',
  'tests/test_auth.py',
  'tests/test_api.py',
  'config/database.py',
  'config/settings.py',
]

export interface FileMatch {
  path: string
  type: string
  size: number
  modified: string
  matches: { line: number; content: string; context_before: string; context_after: string }[]
  score: number
}

export const fileMatches = (draw: Draw, query: string, count: number): FileMatch[] =>
  Array.from({ length: count }, (_, index) => {
    const line = draw.int(10, 500)
    return {
      path: NAMED_FILES[index] ?? `src/modules/module_${index}.py`,
      type: 'file',
      size: draw.int(500, 15_000),
      modified: dayOf(draw),
      matches: [
        {
          line,
          content: `    def process_${query.replaceAll(' ', '_')}(self, data):`,
          context_before: '    # Process incoming request',
          context_after: `        return self.handler.${query.toLowerCase()}(data)`,
        },
      ],
      score: draw.float(0.5, 1, 3),
    }
  })

export const filesAnswer = (matches: readonly FileMatch[]): object => ({
  total_matches: matches.length,
  files_searched: matches.length * 10,
  matches,
})
