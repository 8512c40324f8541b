import { defineConfig, type UserConfig } from 'tsdown'

const shared: UserConfig = {
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  // Chunks carry a hash in their name: those of earlier builds would be packed with the package.
  clean: true,
  fixedExtension: false,
  logLevel: 'warn',
  // jsonc-parser's `main` is UMD, which cannot be bundled.
  inputOptions: { resolve: { mainFields: ['module', 'main'] } },
}

const config: UserConfig[] = defineConfig([
  {
    ...shared,
    entry: {
      index: 'src/index.ts',
      spec: 'src/spec/index.ts',
      compress: 'src/compress/list.ts',
      proxy: 'src/proxy/index.ts',
      mcp: 'src/mcp/index.ts',
      cli: 'src/cli/main.ts',
      worker: 'src/proxy/worker.ts',
    },
    dts: true,
    copy: [
      { from: 'src/tokenize/data', to: 'dist' },
      { from: 'src/grammars/data', to: 'dist', rename: 'grammars' },
    ],
  },
]) as UserConfig[]

export default config
