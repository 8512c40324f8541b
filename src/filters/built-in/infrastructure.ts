// Data: infrastructure and hosting tools. Planned and failed changes stay; refreshes, waits and unchanged hosts fold.
import type { Filter } from '../spec.js'

export const infrastructure: readonly Filter[] = [
  {
    name: 'terraform',
    version: 1,
    about: 'each planned change, errors, warnings and totals stay; refreshes, waits and unknown values fold',
    match: [
      {
        program: ['terraform', 'tofu', 'terragrunt'],
        sub: ['plan', 'apply', 'destroy', 'init', 'refresh', 'validate', 'import', 'run-all', 'test', 'get'],
        not: ['-json'],
        valued: ['-chdir'],
      },
    ],
    keep: [/^\s*# \S.* (?:will be|must be|has |is )/, /^\s*[-~]\/?\+? |^\s*~ |# forces replacement/, /^[│╷╵]/],
    summary: [/^(?:Plan: |No changes\.|Apply complete!|Destroy complete!|Success!|Terraform has been)/, /^│ Error: /],
    tail: 4,
    fold: [
      {
        pattern:
          /^\S+: (?<kind>Refreshing state|Reading|Read complete after|Still (?:creating|destroying|modifying|reading)|Preparing import)\b.*$/,
        as: '',
        certain: true,
      },
      { pattern: /^\S+: (?<kind>Creating|Destroying|Modifying)\.\.\.(?: \[.*\])?$/, as: '' },
      { pattern: /^\S+: (?<kind>Creation|Destruction|Modifications) complete after (?<figure>\d+)s.*$/, as: 'done:' },
      { pattern: /^\s*\+ \S+\s+= \(known after apply\)$/, as: 'values known after apply', certain: true },
      { pattern: /^\s*# \(\d+ unchanged \w+ hidden\)$/, as: 'hidden unchanged parts', certain: true },
      {
        pattern: /^- (?:Finding|Installing|Reusing|Using previously|Downloading)\b/,
        as: 'provider steps',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'folds refreshes and keeps each planned change',
        command: 'terraform plan',
        output: `
x30 | aws_instance.web[{n}]: Refreshing state... [id=i-0{n}]

  # aws_db_instance.main will be destroyed
  - resource "aws_db_instance" "main" {
      - id = "prod-main" -> null
    }
  # aws_instance.new will be created
  + resource "aws_instance" "new" {
      + ami = "ami-1"
x9 |       + attribute{n} = (known after apply)
    }

Plan: 1 to add, 0 to change, 1 to destroy.
`,
        shows: `
aws_instance.web[1]: Refreshing state... [id=i-01]
... 30 lines: Refreshing state x29
  # aws_db_instance.main will be destroyed
  - resource "aws_db_instance" "main" {
      - id = "prod-main" -> null
    }
  # aws_instance.new will be created
  + resource "aws_instance" "new" {
      + ami = "ami-1"
... 7 lines: values known after apply x7
      + attribute8 = (known after apply)
      + attribute9 = (known after apply)
    }

Plan: 1 to add, 0 to change, 1 to destroy.
`,
      },
      {
        name: 'keeps an error whole',
        command: 'terraform apply -auto-approve',
        output: `
x12 | aws_instance.web: Still creating... [{n}0s elapsed]
╷
│ Error: error reading S3 Bucket (logs): AccessDenied: Access Denied
│
│   with aws_s3_bucket.logs,
╵
`,
        shows: `
aws_instance.web: Still creating... [10s elapsed]
... 11 lines: Still creating x11
╷
│ Error: error reading S3 Bucket (logs): AccessDenied: Access Denied
│
│   with aws_s3_bucket.logs,
╵
`,
      },
    ],
  },
  {
    name: 'ansible',
    version: 1,
    about: 'changes, failures and their tasks, and hosts of the recap with either stay; ok and skipped hosts fold',
    match: [{ program: ['ansible-playbook', 'ansible', 'ansible-pull', 'molecule', 'ansible-lint'] }],
    sign: [/^PLAY RECAP \*+$/, /^PLAY \[.*\] \*+$/],
    keep: [/^(?:fatal|failed|unreachable|changed): /, /^PLAY /],
    fold: [
      { pattern: /^(?:TASK|RUNNING HANDLER) \[.*\] \*+$/, as: 'tasks', heading: true, certain: true },
      { pattern: /^(?<kind>ok|skipping): \[\S+\](?: => \(item=.*\))?\s*$/, as: '', certain: true },
      { pattern: /^included: \S+ for /, as: 'included files', certain: true },
      {
        pattern: /^\S+\s+: ok=\d+\s+changed=0\s+unreachable=0\s+failed=0\b.*$/,
        as: 'hosts without change or failure',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps the failing and the changing task and drops the others',
        command: 'ansible-playbook -i hosts site.yml',
        output: `
PLAY [all] *********************************************************************

TASK [install nginx] ***********************************************************
x12 | ok: [web-{n}.prod]

TASK [sudoers] *****************************************************************
ok: [web-1.prod]
changed: [web-17.prod] => (item=/etc/sudoers)
fatal: [web-18.prod]: UNREACHABLE! => {"msg": "Failed to connect to the host via ssh"}

PLAY RECAP *********************************************************************
x12 | web-{n}.prod : ok=2 changed=0 unreachable=0 failed=0 skipped=0
web-17.prod : ok=1 changed=1 unreachable=0 failed=0 skipped=0
web-18.prod : ok=1 changed=0 unreachable=1 failed=0 skipped=0
`,
        shows: `
PLAY [all] *********************************************************************
... 15 lines: ok x12, tasks x1
TASK [sudoers] *****************************************************************
... 1 line: ok x1
changed: [web-17.prod] => (item=/etc/sudoers)
fatal: [web-18.prod]: UNREACHABLE! => {"msg": "Failed to connect to the host via ssh"}

PLAY RECAP *********************************************************************
... 12 lines: hosts without change or failure x12
web-17.prod : ok=1 changed=1 unreachable=0 failed=0 skipped=0
web-18.prod : ok=1 changed=0 unreachable=1 failed=0 skipped=0
`,
      },
    ],
  },
  {
    name: 'cloud-copy',
    version: 1,
    about: 'failures and totals stay; copied objects beyond the first and progress fold',
    match: [
      { program: 'aws', sub: ['s3'] },
      { program: ['gsutil', 'azcopy', 'rclone', 'rsync', 'scp', 's3cmd', 'mc'] },
      { program: 'gcloud', sub: ['storage', 'app', 'builds', 'run', 'functions'] },
      { program: 'az', sub: ['storage', 'webapp', 'acr'] },
    ],
    fold: [
      { pattern: /^(?:\(dryrun\) )?(?<kind>upload|download|copy|delete|move): \S/, as: '', show: 5 },
      { pattern: /^Completed [\d.]+ \w+\/~?[\d.]+ \w+/, as: 'progress', certain: true },
      { pattern: /^Copying (?:file|gs):\/\/\S+/, as: 'copied objects', show: 5 },
      { pattern: /^[/\\|-]? ?\[\d+(?:\/\d+)? files?\]/, as: 'progress', certain: true },
      { pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\s+(?<figure>\d+) \S/, as: 'objects', show: 20, top: 5 },
    ],
    cases: [
      {
        name: 'counts uploads and keeps the failed one',
        command: 'aws s3 sync dist s3://shop',
        output: `
x30 | upload: dist/part-{n}.js to s3://shop/part-{n}.js
upload failed: dist/index.html to s3://shop/index.html An error occurred (AccessDenied)
`,
        shows: `
upload: dist/part-1.js to s3://shop/part-1.js
upload: dist/part-2.js to s3://shop/part-2.js
upload: dist/part-3.js to s3://shop/part-3.js
upload: dist/part-4.js to s3://shop/part-4.js
upload: dist/part-5.js to s3://shop/part-5.js
... 24 lines: upload x24
upload: dist/part-30.js to s3://shop/part-30.js
upload failed: dist/index.html to s3://shop/index.html An error occurred (AccessDenied)
`,
      },
    ],
  },
  {
    name: 'gh-checks',
    version: 1,
    about: 'failing and pending checks and runs stay; successful ones beyond the first fold',
    match: [
      {
        program: 'gh',
        sub: ['pr checks', 'run list', 'run watch', 'run view', 'workflow list'],
        not: ['--json', '--log', '--log-failed', '--jq'],
        valued: ['-R', '--repo'],
      },
    ],
    keep: [/\b(?:fail|failure|pending|cancelled|timed_out|action_required|in_progress|queued)\b/, /^\s*X /],
    fold: [
      { pattern: /^\S[^\t]*\t(?<kind>pass|skipping)\t/, as: 'checks', show: 3 },
      { pattern: /^completed\t(?<kind>success|skipped)\t/, as: 'runs', show: 5 },
      { pattern: /^ {2,}✓ \S/, as: 'successful steps', certain: true },
    ],
    cases: [
      {
        name: 'keeps each failing check',
        command: 'gh pr checks 12',
        output: `
x20 | build (part {n})	pass	1m{n}s	https://example.com/runs/{n}
lint	fail	12s	https://example.com/runs/99
deploy	pending	0	https://example.com/runs/100
`,
        shows: `
build (part 1)	pass	1m1s	https://example.com/runs/1
build (part 2)	pass	1m2s	https://example.com/runs/2
build (part 3)	pass	1m3s	https://example.com/runs/3
... 17 lines: checks pass x17
lint	fail	12s	https://example.com/runs/99
deploy	pending	0	https://example.com/runs/100
`,
      },
    ],
  },
]
