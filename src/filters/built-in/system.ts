// Data: processes, services, sockets, transfers and databases of a machine. What is odd stays; states that are the rule fold.
import type { Filter } from '../spec.js'

export const system: readonly Filter[] = [
  {
    name: 'ps',
    version: 1,
    about: 'processes stay; kernel threads fold',
    match: [{ program: 'ps' }],
    fold: [
      { pattern: /\s0\s+0\s+\?\s.*\s\[[\w/:.+<>-]+\]$/, as: 'kernel threads', certain: true },
      { pattern: /^\S+\s+\d+\s+[02]\s.*\s\?\s.*\s\[[\w/:.+<>-]+\]$/, as: 'kernel threads', certain: true },
    ],
    cases: [
      {
        name: 'folds kernel threads',
        command: 'ps aux',
        output: `
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
x20 | root           {n}  0.0  0.0      0     0 ?        I<   Mar01   0:00 [kworker/{n}:0H]
ada         4121 97.0 12.1 912312 81232 ?        R    10:00   9:12 node dist/server.js
`,
        shows: `
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
... 19 lines: kernel threads x19
root           20  0.0  0.0      0     0 ?        I<   Mar01   0:00 [kworker/20:0H]
ada         4121 97.0 12.1 912312 81232 ?        R    10:00   9:12 node dist/server.js
`,
      },
    ],
  },
  {
    name: 'top',
    version: 1,
    about: 'the summary and processes that use the machine stay; idle ones fold',
    match: [
      { program: 'top', flags: ['-b'] },
      { program: 'top', flags: ['-bn1'] },
    ],
    head: 7,
    fold: [
      {
        pattern: /^\s*\d+ \S+\s+\S+\s+-?\d+\s+\S+\s+\S+\s+\S+ [SI]\s+0\.0\s+0\.\d\s/,
        as: 'idle processes',
        show: 5,
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps what uses the machine',
        command: 'top -b -n 1',
        output: `
top - 10:00:00 up 9 days,  1 user,  load average: 1.02, 0.81, 0.70
Tasks: 212 total,   1 running, 211 sleeping,   0 stopped,   0 zombie
%Cpu(s): 12.0 us,  1.0 sy
MiB Mem :  15812.0 total,    812.0 free
MiB Swap:      0.0 total,      0.0 free

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
   4121 ada       20   0  912312  81232  12312 R  97.0  12.1   9:12.00 node
x20 |     {n} root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_{n}
`,
        shows: `
top - 10:00:00 up 9 days,  1 user,  load average: 1.02, 0.81, 0.70
Tasks: 212 total,   1 running, 211 sleeping,   0 stopped,   0 zombie
%Cpu(s): 12.0 us,  1.0 sy
MiB Mem :  15812.0 total,    812.0 free
MiB Swap:      0.0 total,      0.0 free

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
   4121 ada       20   0  912312  81232  12312 R  97.0  12.1   9:12.00 node
    1 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_1
    2 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_2
    3 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_3
    4 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_4
    5 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_5
... 13 lines: idle processes x13
    19 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_19
    20 root      20   0       0      0      0 S   0.0   0.0   0:00.10 rcu_20
`,
      },
    ],
  },
  {
    name: 'systemctl',
    version: 1,
    about: 'failed and inactive units stay; units in their usual state fold by state',
    match: [
      { program: 'systemctl', sub: ['list-units', 'list-unit-files', 'list-timers', 'list-sockets'] },
      { program: 'systemctl', flags: ['--all'] },
      { program: 'service', flags: ['--status-all'] },
    ],
    keep: [/^● |\bfailed\b|not-found/],
    fold: [
      {
        pattern:
          /^\s+\S+\.(?<kind>service|socket|mount|device|target|timer|slice|scope|path|swap|automount)\s+loaded\s+active\s+(?:running|exited|mounted|plugged|active|listening|waiting|elapsed)\s/,
        as: 'active units',
        show: 5,
        certain: true,
      },
      {
        pattern: /^\S+\.\w+\s+(?<kind>static|enabled|alias|generated|indirect|transient)\b/,
        as: 'unit files',
        show: 10,
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps the failed unit',
        command: 'systemctl list-units',
        output: `
  UNIT              LOAD   ACTIVE SUB     DESCRIPTION
x20 |   part{n}.service   loaded active running Part {n}
● mail.service      loaded failed failed  Mail queue
`,
        shows: `
  UNIT              LOAD   ACTIVE SUB     DESCRIPTION
  part1.service   loaded active running Part 1
  part2.service   loaded active running Part 2
  part3.service   loaded active running Part 3
  part4.service   loaded active running Part 4
  part5.service   loaded active running Part 5
... 14 lines: active units service x14
  part20.service   loaded active running Part 20
● mail.service      loaded failed failed  Mail queue
`,
      },
    ],
  },
  {
    name: 'sockets',
    version: 1,
    about: 'listening sockets stay; connections beyond the first of each state fold',
    match: [{ program: ['ss', 'netstat'] }],
    keep: [/\bLISTEN\b|UNCONN/],
    fold: [
      {
        pattern:
          /^(?:tcp6?|u_\w+|udp6?|unix)\s+(?:\S+\s+){0,6}?(?<kind>ESTAB(?:LISHED)?|TIME[_-]WAIT|CLOSE[_-]WAIT|FIN[_-]WAIT\d?|CONNECTED|SYN[_-]SENT)\b/,
        as: 'connections',
        show: 6,
        certain: true,
      },
      {
        pattern: /^(?<kind>ESTAB|TIME-WAIT|CLOSE-WAIT|FIN-WAIT-\d)\s+\d+\s+\d+\s/,
        as: 'connections',
        show: 6,
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps listeners',
        command: 'ss -tan',
        output: `
State     Recv-Q Send-Q Local Address:Port  Peer Address:Port
LISTEN    0      128    0.0.0.0:22          0.0.0.0:*
x20 | TIME-WAIT 0      0      10.0.0.1:{n}     10.0.0.2:443
`,
        shows: `
State     Recv-Q Send-Q Local Address:Port  Peer Address:Port
LISTEN    0      128    0.0.0.0:22          0.0.0.0:*
TIME-WAIT 0      0      10.0.0.1:1     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:2     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:3     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:4     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:5     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:6     10.0.0.2:443
... 12 lines: connections TIME-WAIT x12
TIME-WAIT 0      0      10.0.0.1:19     10.0.0.2:443
TIME-WAIT 0      0      10.0.0.1:20     10.0.0.2:443
`,
      },
    ],
  },
  {
    name: 'lsof',
    version: 1,
    about: 'sockets, open files and deleted files stay; mapped libraries, folders and devices fold',
    match: [{ program: 'lsof' }],
    keep: [/\(deleted\)|IPv[46]|LISTEN/],
    fold: [
      {
        pattern: /^\S+\s+\d+\s(?:.*\s)?(?<kind>mem|txt|cwd|rtd)\s+(?:REG|DIR|CHR|unknown)\s/,
        as: 'entries',
        certain: true,
      },
      { pattern: /^\S+\s+\d+\s(?:.*\s)?\d+[rwu]?W?\s+(?<kind>CHR|a_inode|FIFO|unix)\s/, as: 'entries', certain: true },
    ],
    cases: [
      {
        name: 'keeps sockets and deleted files',
        command: 'lsof -p 4121',
        output: `
COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME
x20 | node    4121  ada  mem    REG    8,1   812312   91{n} /usr/lib/lib{n}.so
node    4121  ada    3w   REG    8,1  9123123    9121 /var/log/shop.log (deleted)
node    4121  ada   18u  IPv4 123123      0t0     TCP *:8080 (LISTEN)
`,
        shows: `
COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF    NODE NAME
... 20 lines: entries mem x20
node    4121  ada    3w   REG    8,1  9123123    9121 /var/log/shop.log (deleted)
node    4121  ada   18u  IPv4 123123      0t0     TCP *:8080 (LISTEN)
`,
      },
    ],
  },
  {
    name: 'ping',
    version: 1,
    about: 'losses, slow replies and totals stay; other replies fold',
    match: [{ program: ['ping', 'ping6'] }],
    summary: [/packets transmitted/, /^(?:rtt|round-trip) /],
    fold: [{ pattern: /^\d+ bytes from .*: icmp_seq=\d+ (?:ttl|hlim)=\d+ time=(?<figure>[\d.]+) ms$/, as: 'replies' }],
    cases: [
      {
        name: 'keeps the slow reply and the loss',
        command: 'ping -c 40 db',
        output: `
PING db (10.0.0.2) 56(84) bytes of data.
x20 | 64 bytes from db (10.0.0.2): icmp_seq={n} ttl=64 time=0.4 ms
64 bytes from db (10.0.0.2): icmp_seq=21 ttl=64 time=912 ms
From 10.0.0.1 icmp_seq=22 Destination Host Unreachable
x10 | 64 bytes from db (10.0.0.2): icmp_seq=3{n} ttl=64 time=0.4 ms

--- db ping statistics ---
40 packets transmitted, 39 received, 2.5% packet loss, time 39012ms
rtt min/avg/max/mdev = 0.4/23.2/912.0/1.1 ms
`,
        shows: `
PING db (10.0.0.2) 56(84) bytes of data.
... 20 lines: replies x20
64 bytes from db (10.0.0.2): icmp_seq=21 ttl=64 time=912 ms
From 10.0.0.1 icmp_seq=22 Destination Host Unreachable
... 11 lines: replies x10
--- db ping statistics ---
40 packets transmitted, 39 received, 2.5% packet loss, time 39012ms
rtt min/avg/max/mdev = 0.4/23.2/912.0/1.1 ms
`,
      },
    ],
  },
  {
    name: 'curl',
    version: 1,
    about: 'request, status, headers and body stay; handshake, progress and byte counts fold',
    match: [{ program: 'curl' }],
    keep: [/^[<>] /, /^curl: \(\d+\)/],
    fold: [
      {
        pattern:
          /^\* {1,2}(?:TLSv|ALPN|CAfile|CApath|Trying \S+\.\.\.|TCP_NODELAY|successfully set certificate|start date|expire date|subjectAltName|Using HTTP|\[HTTP\/2\]|h2h3|Mark bundle|Server certificate|Cipher selection|Certificate level|old SSL session|Copying HTTP\/2|Using Stream|Request completely sent|using HTTP)/,
        as: 'connection lines',
        certain: true,
      },
      { pattern: /^[{}] \[\d+ bytes data\]$/, as: 'byte counts', certain: true },
      {
        pattern: /^\s*\d{1,3}\s+[\d.]+[kMG]?\s+\d{1,3}\s+.*(?:--:--:--|\d:\d\d:\d\d)\s+[\d.]+[kMG]?$/,
        as: 'progress',
        certain: true,
      },
    ],
    cases: [
      {
        name: 'keeps status, headers and body',
        command: 'curl -v https://api.example.com/x',
        output: `
*   Trying 10.0.0.2:443...
* Connected to api.example.com (10.0.0.2) port 443 (#0)
x8 | * TLSv1.3 (OUT), TLS handshake, Client hello ({n}):
* SSL certificate problem: certificate has expired
> GET /x HTTP/2
> Accept: */*
{ [5 bytes data]
< HTTP/2 503
< retry-after: 30
service unavailable
`,
        shows: `
*   Trying 10.0.0.2:443...
* Connected to api.example.com (10.0.0.2) port 443 (#0)
... 8 lines: connection lines x8
* SSL certificate problem: certificate has expired
> GET /x HTTP/2
> Accept: */*
... 1 line: byte counts x1
< HTTP/2 503
< retry-after: 30
service unavailable
`,
      },
    ],
  },
  {
    name: 'wget',
    version: 1,
    about: 'addresses, status and result stay; progress folds',
    match: [{ program: ['wget', 'aria2c', 'axel'] }],
    fold: [
      { pattern: /^\s*\d+K(?: [.,]{1,10})+\s+\d+%/, as: 'progress', certain: true },
      { pattern: /^\[#\w+ [\d.]+\w+\/[\d.]+\w+\(\d+%\)/, as: 'progress', certain: true },
    ],
    cases: [
      {
        name: 'folds progress',
        output: `
Resolving example.com... 10.0.0.2
HTTP request sent, awaiting response... 200 OK
x20 |    {n}0K .......... .......... .......... .......... .......... {n}% 1.20M 3s
2024-03-11 10:00:00 (1.20 MB/s) - 'x.tgz' saved [1024000/1024000]
`,
        shows: `
Resolving example.com... 10.0.0.2
HTTP request sent, awaiting response... 200 OK
... 19 lines: progress x19
   200K .......... .......... .......... .......... .......... 20% 1.20M 3s
2024-03-11 10:00:00 (1.20 MB/s) - 'x.tgz' saved [1024000/1024000]
`,
      },
    ],
  },
  {
    name: 'sql-script',
    version: 1,
    about: 'errors, notices and rows stay; acknowledgements of statements are counted',
    match: [{ program: ['psql', 'pg_restore', 'mysql', 'mariadb', 'sqlite3', 'cockroach'] }],
    keep: [/^(?:psql:.*)?(?:ERROR|FATAL|WARNING|DETAIL|HINT|CONTEXT):/],
    fold: [
      {
        pattern:
          /^(?<kind>INSERT 0 1|UPDATE 1|SET|GRANT|REVOKE|COMMENT|BEGIN|COMMIT|CREATE (?:TABLE|INDEX|SEQUENCE|VIEW|FUNCTION|TYPE|EXTENSION|TRIGGER|SCHEMA|ROLE)|ALTER (?:TABLE|SEQUENCE|TYPE|FUNCTION|ROLE)|COPY 0)$/,
        as: '',
      },
      { pattern: /^Query OK, (?:0|1) rows? affected.*$/, as: 'Query OK' },
      {
        pattern: /^(?:psql:\S+:\d+: )?NOTICE: {2}.* (?:does not exist|already exists), skipping$/,
        as: 'skipping notices',
        show: 3,
        certain: true,
      },
    ],
    cases: [
      {
        name: 'counts acknowledgements and keeps the error',
        command: 'psql -f schema.sql shop',
        output: `
x20 | CREATE TABLE
x12 | INSERT 0 1
psql:schema.sql:91: ERROR:  relation "tax" does not exist
LINE 1: INSERT INTO tax VALUES (1)
UPDATE 4121
`,
        shows: `
CREATE TABLE
... 31 lines: CREATE TABLE x19, INSERT 0 1 x12
psql:schema.sql:91: ERROR:  relation "tax" does not exist
LINE 1: INSERT INTO tax VALUES (1)
UPDATE 4121
`,
      },
    ],
  },
  {
    name: 'mounts',
    version: 1,
    about: 'real disks stay; pseudo file systems and loop devices fold',
    match: [{ program: ['mount', 'lsblk', 'findmnt'] }],
    fold: [
      {
        pattern:
          /^\S+ on \S+ type (?<kind>cgroup2?|proc|sysfs|tmpfs|devtmpfs|devpts|mqueue|debugfs|tracefs|securityfs|pstore|bpf|configfs|fusectl|hugetlbfs|autofs|overlay|nsfs|binfmt_misc|squashfs|ramfs|rpc_pipefs) /,
        as: 'mounts of',
        show: 1,
        certain: true,
      },
      { pattern: /^(?<kind>loop)\d+\s/, as: 'devices', certain: true },
    ],
    cases: [
      {
        name: 'folds pseudo file systems',
        command: 'mount',
        output: `
/dev/sda1 on / type ext4 (rw,relatime)
x12 | cgroup on /sys/fs/cgroup/part{n} type cgroup (rw,nosuid)
/dev/sdb1 on /data type xfs (ro,relatime)
`,
        shows: `
/dev/sda1 on / type ext4 (rw,relatime)
cgroup on /sys/fs/cgroup/part1 type cgroup (rw,nosuid)
... 10 lines: mounts of cgroup x10
cgroup on /sys/fs/cgroup/part12 type cgroup (rw,nosuid)
/dev/sdb1 on /data type xfs (ro,relatime)
`,
      },
    ],
  },
  {
    name: 'journal',
    version: 1,
    about: 'messages stay; session, timer and kernel start-up routine folds',
    match: [
      { program: ['journalctl', 'dmesg'], not: ['-o', '--output', '-f'] },
      { program: 'systemctl', sub: 'status' },
    ],
    fold: [
      {
        pattern:
          /^.{0,60}\b(?:systemd|systemd-logind|CRON|sshd|sudo|cron)(?:\[\d+\])?: (?<kind>pam_unix\(\S+\): session|Started Session|New session|Removed slice|Removed session|Created slice|Starting [^:]*|Finished [^:]*|Session \d+ logged out)\b/,
        as: '',
        show: 3,
      },
      {
        pattern:
          /^\[ *[\d.]+\] (?<kind>BIOS-e820|ACPI|pci \S+|PM|e820|pnp|smpboot|x86\/fpu|usb \S+|hub \S+|NET|Bluetooth|microcode|clocksource|RPC|ata\d+\S*|input|system): /,
        as: 'start-up lines of',
        show: 3,
      },
    ],
    cases: [
      {
        name: 'folds sessions and keeps what failed',
        command: 'journalctl -u ssh -n 40',
        output: `
x20 | Mar 11 10:00:{n} web-1 CRON[41{n}]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
Mar 11 10:00:21 web-1 kernel: Out of memory: Killed process 4121 (node)
Mar 11 10:00:22 web-1 systemd[1]: shop.service: Main process exited, code=killed, status=9/KILL
`,
        shows: `
Mar 11 10:00:1 web-1 CRON[411]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
Mar 11 10:00:2 web-1 CRON[412]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
Mar 11 10:00:3 web-1 CRON[413]: pam_unix(cron:session): session opened for user root(uid=0) by (uid=0)
... 17 lines: pam_unix(cron:session): session x17
Mar 11 10:00:21 web-1 kernel: Out of memory: Killed process 4121 (node)
Mar 11 10:00:22 web-1 systemd[1]: shop.service: Main process exited, code=killed, status=9/KILL
`,
      },
    ],
  },
]
