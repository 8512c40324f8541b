// The one list of built-in filters. More particular ones come first: the first that matches a command is taken.
import { compilers } from './built-in/compilers.js'
import { containers } from './built-in/containers.js'
import { dotnetSwift } from './built-in/dotnet-swift.js'
import { files } from './built-in/files.js'
import { git } from './built-in/git.js'
import { infrastructure } from './built-in/infrastructure.js'
import { javascriptTests } from './built-in/javascript-tests.js'
import { jvm } from './built-in/jvm.js'
import { linters } from './built-in/linters.js'
import { packages } from './built-in/packages.js'
import { pythonTests } from './built-in/python-tests.js'
import { rustGo } from './built-in/rust-go.js'
import { system } from './built-in/system.js'
import type { Filter } from './spec.js'

export const builtIn: readonly Filter[] = [
  ...git,
  ...javascriptTests,
  ...pythonTests,
  ...rustGo,
  ...compilers,
  ...linters,
  ...packages,
  ...jvm,
  ...containers,
  ...infrastructure,
  ...dotnetSwift,
  ...files,
  ...system,
]
