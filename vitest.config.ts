import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 30_000,
    pool: 'forks',
    // Promises about milliseconds are held on machines that others use as well.
    retry: process.env.CI ? 1 : 0,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts', 'src/spec/**'],
      reporter: ['text-summary'],
      thresholds: { lines: 92, statements: 90, functions: 88, branches: 85 },
    },
  },
})

export default config
