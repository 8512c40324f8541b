// Data: docker, compose and kubectl. What is not running, warnings and failed steps stay; layers and healthy rows fold.
import type { Filter } from '../spec.js'

export const containers: readonly Filter[] = [
  {
    name: 'docker-build',
    version: 1,
    about: 'steps, warnings, failures and the image stay; transfers, cached layers and package output fold',
    match: [
      {
        program: ['docker', 'podman', 'nerdctl'],
        sub: ['build', 'buildx', 'buildx build', 'image build', 'compose build'],
        valued: ['-f', '-p', '--file', '--project-name', '--context', '-H'],
      },
      { program: 'docker-compose', sub: 'build', valued: ['-f', '-p'] },
      { program: 'buildah' },
    ],
    sign: [/^#\d+ \[(?:internal\]|\S+ +\d+\/\d+\])/, /^Step \d+\/\d+ : /],
    keep: [/^#\d+ \[(?!internal\])/, /^#\d+ (?:ERROR|WARN|CANCELED)/, /^Step \d+\/\d+ : /, /^ > \[/],
    summary: [
      /^Successfully (?:built|tagged) |^#\d+ (?:naming to|writing image|exporting to image)|^ERROR: failed to (?:solve|build)/,
    ],
    tail: 6,
    fold: [
      { pattern: /^#\d+ sha256:[0-9a-f]+ /, as: 'transfers', certain: true },
      {
        pattern:
          /^#\d+ (?:extracting|resolve|transferring|exporting (?:layers|manifest|config|attestation)|preparing|unpacking|sending tarball|pushing|importing|unpigz|loading layer) ?.*$/,
        as: 'transfers',
        certain: true,
      },
      { pattern: /^#\d+ (?<kind>CACHED|DONE)(?: (?<figure>[\d.]+)s)?$/, as: '' },
      { pattern: /^#\d+ \[internal\] /, as: 'internal steps', certain: true },
      { pattern: /^#\d+ [\d.]+ (?<kind>Get|Hit|Ign):\d+ /, as: '' },
      {
        pattern:
          /^#\d+ [\d.]+ (?<kind>Unpacking|Setting up|Preparing to unpack|Selecting previously unselected|Processing triggers|Collecting|Downloading|Installing|Fetching|Using cached|Requirement already satisfied|Compiling|Downloaded|fetch) /i,
        as: '',
      },
      { pattern: /^#\d+ [\d.]+ \(\d+\/\d+\) Installing /, as: 'Installing' },
      {
        pattern:
          /^#\d+ [\d.]+ (?:\(Reading database|debconf: |Reading package lists|Building dependency tree|Reading state information|npm notice|npm http fetch)/,
        as: 'steps',
        certain: true,
      },
      { pattern: /^ ---> (?:[0-9a-f]{12}|Using cache|Running in [0-9a-f]{12})$/, as: 'layer lines', certain: true },
      { pattern: /^(?:Removing|Removed) intermediate container /, as: 'layer lines', certain: true },
      { pattern: /^Sending build context to Docker daemon/, as: 'transfers', certain: true },
      {
        pattern:
          /^[0-9a-f]{12}: (?:Pulling fs layer|Waiting|Downloading|Verifying Checksum|Download complete|Extracting|Pull complete|Already exists)/,
        as: 'layers',
        certain: true,
      },
    ],
    blocks: [{ start: /^------$/, until: /^------$/, as: 'failed step' }],
    cases: [
      {
        name: 'keeps steps and the failing one with its output',
        command: 'docker build --progress=plain -t shop .',
        output: `
#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 812B done
#1 DONE 0.0s
#5 [2/4] RUN apt-get update
x20 | #5 1.{n} Get:{n} http://deb.debian.org/debian bookworm/main amd64 lib{n} amd64 1.{n} [12 kB]
#5 DONE 9.1s
#6 [3/4] RUN apt-get install -y libfoo-dev
#6 0.812 E: Unable to locate package libfoo-dev
#6 ERROR: process "/bin/sh -c apt-get install -y libfoo-dev" did not complete successfully: exit code: 100
------
 > [3/4] RUN apt-get install -y libfoo-dev:
0.812 E: Unable to locate package libfoo-dev
------
ERROR: failed to solve: process "/bin/sh -c apt-get install -y libfoo-dev" did not complete successfully: exit code: 100
`,
        shows: `
#1 [internal] load build definition from Dockerfile
... 1 line: transfers x1
#1 DONE 0.0s
#5 [2/4] RUN apt-get update
... 20 lines: Get x20
#5 DONE 9.1s
#6 [3/4] RUN apt-get install -y libfoo-dev
#6 0.812 E: Unable to locate package libfoo-dev
#6 ERROR: process "/bin/sh -c apt-get install -y libfoo-dev" did not complete successfully: exit code: 100
------
 > [3/4] RUN apt-get install -y libfoo-dev:
0.812 E: Unable to locate package libfoo-dev
------
ERROR: failed to solve: process "/bin/sh -c apt-get install -y libfoo-dev" did not complete successfully: exit code: 100
`,
      },
      {
        name: 'counts layer lines of the old builder',
        command: 'docker build .',
        output: `
Sending build context to Docker daemon  4.096kB
Step 1/2 : FROM node:20
 ---> 1a2b3c4d5e6f
Step 2/2 : RUN npm ci
 ---> Running in 5d6e7f8a9b0c
Removing intermediate container 5d6e7f8a9b0c
 ---> 9b0c1a2b3c4d
Successfully built 9b0c1a2b3c4d
`,
        shows: `
Sending build context to Docker daemon  4.096kB
Step 1/2 : FROM node:20
 ---> 1a2b3c4d5e6f
Step 2/2 : RUN npm ci
 ---> Running in 5d6e7f8a9b0c
Removing intermediate container 5d6e7f8a9b0c
 ---> 9b0c1a2b3c4d
Successfully built 9b0c1a2b3c4d
`,
      },
    ],
  },
  {
    name: 'docker-transfer',
    version: 1,
    about: 'digests, failures and results stay; layers and progress fold',
    match: [
      {
        program: ['docker', 'podman', 'nerdctl'],
        sub: [
          'pull',
          'push',
          'load',
          'image pull',
          'image push',
          'compose pull',
          'compose push',
          'compose up',
          'compose down',
          'compose start',
          'compose stop',
          'compose restart',
          'system prune',
          'image prune',
          'run',
        ],
        valued: ['-f', '-p', '--file', '--project-name', '--context', '-H', '--profile'],
      },
      {
        program: 'docker-compose',
        sub: ['pull', 'push', 'up', 'down', 'start', 'stop', 'restart'],
        valued: ['-f', '-p'],
      },
      { program: ['crane', 'skopeo'] },
    ],
    fold: [
      {
        pattern:
          /^ ?\s*[0-9a-f]{12}:? (?:Pulling fs layer|Waiting|Downloading|Verifying Checksum|Download complete|Extracting|Pull complete|Already exists|Preparing|Layer already exists|Pushed|Pushing|Mounted from|Loading layer)/,
        as: 'layers',
        certain: true,
      },
      {
        pattern:
          /^ (?:[✔⠿⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] )?(?:Container|Network|Volume|Image) \S+ +(?<kind>Created|Creating|Started|Starting|Running|Healthy|Stopped|Stopping|Removed|Removing|Waiting|Recreated|Recreate|Pulled|Pulling)(?: +(?<figure>[\d.]+)s)?\s*$/,
        as: '',
        show: 3,
      },
      { pattern: /^deleted: sha256:|^untagged: /, as: 'removed layers', show: 3, certain: true },
    ],
    cases: [
      {
        name: 'folds layers and keeps the digest',
        command: 'docker pull node:20',
        output: `
20: Pulling from library/node
x12 | 1a2b3c4d5e{n}f: Pull complete
x12 | 1a2b3c4d5e6f: Download complete
Digest: sha256:1a2b3c4d
Status: Downloaded newer image for node:20
`,
        shows: `
20: Pulling from library/node
... 9 lines: layers x9
1a2b3c4d5e10f: Pull complete
1a2b3c4d5e11f: Pull complete
1a2b3c4d5e12f: Pull complete
... 12 lines: layers x12
Digest: sha256:1a2b3c4d
Status: Downloaded newer image for node:20
`,
      },
    ],
  },
  {
    name: 'docker-ps',
    version: 1,
    about: 'containers that are not up for hours stay; of those that are, the first of each image',
    match: [
      {
        program: ['docker', 'podman', 'nerdctl'],
        sub: ['ps', 'container ls', 'container list', 'compose ps', 'stack ps', 'service ps'],
        not: ['--format', '-q', '-s'],
        valued: ['-f', '-p', '--file', '--context', '-H'],
      },
      { program: 'docker-compose', sub: 'ps', valued: ['-f', '-p'] },
    ],
    keep: [/unhealthy|Restarting|Dead|health: starting|Paused/],
    fold: [
      {
        pattern:
          /^[0-9a-f]{12,64}\s+(?<kind>\S+)\s.*\sUp (?:\d+|About an|an?) (?:hours?|days?|weeks?|months?)(?: \(healthy\))?(?:\s|$)/,
        as: 'up, image',
        show: 3,
      },
      {
        pattern:
          /^[0-9a-f]{12,64}\s+(?<kind>\S+)\s.*\sExited \(0\) (?:\d+|About an|an?) (?:hours?|days?|weeks?|months?) ago\s/,
        as: 'exited with 0, image',
        show: 2,
      },
    ],
    cases: [
      {
        name: 'keeps the container that just restarted and the one that failed',
        command: 'docker ps -a',
        output: `
CONTAINER ID   IMAGE         COMMAND       CREATED       STATUS                     PORTS     NAMES
x20 | 1a2b3c4d5e{n}f   web:2.4.1     "/app/run"    3 days ago    Up 3 days                            web_{n}
5d6e7f8a9b0c   web:2.4.1     "/app/run"    3 days ago    Up 12 seconds                        web_21
9b0c1a2b3c4d   job:1         "/app/job"    3 days ago    Exited (137) 2 hours ago             job_1
`,
        shows: `
CONTAINER ID   IMAGE         COMMAND       CREATED       STATUS                     PORTS     NAMES
1a2b3c4d5e1f   web:2.4.1     "/app/run"    3 days ago    Up 3 days                            web_1
1a2b3c4d5e2f   web:2.4.1     "/app/run"    3 days ago    Up 3 days                            web_2
1a2b3c4d5e3f   web:2.4.1     "/app/run"    3 days ago    Up 3 days                            web_3
... 17 lines: up image web:2.4.1 x17
5d6e7f8a9b0c   web:2.4.1     "/app/run"    3 days ago    Up 12 seconds                        web_21
9b0c1a2b3c4d   job:1         "/app/job"    3 days ago    Exited (137) 2 hours ago             job_1
`,
      },
    ],
  },
  {
    name: 'docker-images',
    version: 1,
    about: 'named images up to thirty, and the largest, stay; untagged ones fold',
    match: [
      { program: ['docker', 'podman', 'nerdctl'], sub: ['images', 'image ls', 'image list'], not: ['--format', '-q'] },
    ],
    fold: [
      { pattern: /^<none>\s+<none>\s.*\s[\d.]+[kMG]?B$/, as: 'untagged images', top: 3 },
      { pattern: /^\S+\s+\S+\s+[0-9a-f]{12}\s.*\s[\d.]+[kMG]?B$/, as: 'images', show: 30, top: 5 },
    ],
    cases: [
      {
        name: 'counts untagged images',
        command: 'docker images',
        output: `
REPOSITORY    TAG       IMAGE ID       CREATED       SIZE
shop          latest    1a2b3c4d5e6f   2 hours ago   412MB
x20 | <none>        <none>    5d6e7f8a9b0c   2 days ago    41{n}MB
`,
        shows: `
REPOSITORY    TAG       IMAGE ID       CREATED       SIZE
shop          latest    1a2b3c4d5e6f   2 hours ago   412MB
... 17 lines: untagged images x17
<none>        <none>    5d6e7f8a9b0c   2 days ago    4118MB
<none>        <none>    5d6e7f8a9b0c   2 days ago    4119MB
<none>        <none>    5d6e7f8a9b0c   2 days ago    4120MB
`,
      },
    ],
  },
  {
    name: 'kubectl-pods',
    version: 1,
    about:
      'pods that are not ready, restarted or just began stay; ready ones that never restarted fold, but for the first of each workload',
    match: [
      {
        program: ['kubectl', 'oc', 'k', 'k3s'],
        sub: [
          'get pods',
          'get pod',
          'get po',
          'get all',
          'get deployments',
          'get deploy',
          'get deployment',
          'get rs',
          'get replicasets',
          'get sts',
          'get statefulsets',
          'get ds',
          'get daemonsets',
          'get nodes',
          'get node',
          'get no',
          'get jobs',
          'get pvc',
          'get pv',
        ],
        not: ['-o', '--output', '-w'],
        valued: ['-n', '--namespace', '--context', '--kubeconfig', '-l', '--selector', '--field-selector', '--sort-by'],
      },
      {
        program: ['kubectl', 'oc', 'k'],
        sub: ['get pods', 'get pod', 'get po', 'get nodes', 'get all'],
        flags: ['wide'],
        not: ['-w'],
        valued: ['-n', '--namespace', '--context', '-o', '--output', '-l'],
      },
    ],
    keep: [
      /^NAME(?:SPACE)?\s/,
      /\s(?:Pending|CrashLoopBackOff|Error|Failed|Unknown|Evicted|OOMKilled|Init:\S+|Terminating|NotReady|Lost|Released|ImagePullBackOff|ErrImagePull|ContainerCreating|SchedulingDisabled)\b/,
    ],
    fold: [
      {
        pattern:
          /^(?:\S+\s+)?(?<kind>[a-z][a-z0-9.-]*?)(?:-[a-z0-9]{5,10})?-[a-z0-9]{1,10}\s+(\d+)\/\2\s+Running\s+0\s+\d+[dhy](?:\d+[hdm])?(?:\s|$)/,
        as: 'running, ready, 0 restarts:',
        show: 2,
      },
      {
        pattern:
          /^(?:\S+\s+)?(?<kind>[a-z][a-z0-9.-]*?)(?:-[a-z0-9]{5,10})?-[a-z0-9]{1,10}\s+0\/\d+\s+Completed\s+0\s+\d+[dhy]/,
        as: 'completed:',
        show: 2,
      },
      { pattern: /^\S+\s+(?<kind>Ready)\s+\S+\s+\d+[dhy](?:\d+[hdm])?\s+v\S+/, as: 'nodes', show: 4 },
      {
        pattern: /^(?:\S+\s+)?\S+\s+([1-9]\d*)\/\1\s+\1\s+\1\s+\d+[dhy](?:\d+[hdm])?(?:\s|$)/,
        as: 'complete deployments',
        show: 4,
      },
      {
        pattern: /^(?:\S+\s+)?\S+\s+([1-9]\d*)\s+\1\s+\1\s+\d+[dhy](?:\d+[hdm])?(?:\s|$)/,
        as: 'complete replica sets',
        show: 4,
      },
      {
        pattern: /^(?:\S+\s+)?\S+\s+0\s+0\s+0\s+\d+[dhy](?:\d+[hdm])?(?:\s|$)/,
        as: 'replica sets of 0',
        certain: true,
      },
      { pattern: /^(?:\S+\s+)?\S+\s+(?<kind>Bound)\s+\S+\s+\S+/, as: 'volumes', show: 4 },
    ],
    cases: [
      {
        name: 'keeps every pod that is not plainly running',
        command: 'kubectl get pods -A',
        output: `
NAMESPACE     NAME                     READY   STATUS             RESTARTS   AGE
x30 | prod          web-7d9f8c-{n}           1/1     Running            0          {n}d
prod          web-7d9f8c-x1            0/1     CrashLoopBackOff   88         2d
prod          web-7d9f8c-x2            1/1     Running            412        9d
prod          web-7d9f8c-x3            0/1     Pending            0          3m
prod          web-7d9f8c-x4            1/1     Running            0          40s
`,
        shows: `
NAMESPACE     NAME                     READY   STATUS             RESTARTS   AGE
prod          web-7d9f8c-1           1/1     Running            0          1d
prod          web-7d9f8c-2           1/1     Running            0          2d
... 28 lines: running ready 0 restarts: web x28
prod          web-7d9f8c-x1            0/1     CrashLoopBackOff   88         2d
prod          web-7d9f8c-x2            1/1     Running            412        9d
prod          web-7d9f8c-x3            0/1     Pending            0          3m
prod          web-7d9f8c-x4            1/1     Running            0          40s
`,
      },
      {
        name: 'keeps the node that is not ready',
        command: 'kubectl --context prod get nodes',
        output: `
NAME      STATUS     ROLES    AGE   VERSION
x20 | node-{n}    Ready      <none>   40d   v1.29.1
node-21   NotReady   <none>   40d   v1.29.1
`,
        shows: `
NAME      STATUS     ROLES    AGE   VERSION
node-1    Ready      <none>   40d   v1.29.1
node-2    Ready      <none>   40d   v1.29.1
node-3    Ready      <none>   40d   v1.29.1
node-4    Ready      <none>   40d   v1.29.1
... 15 lines: nodes Ready x15
node-20    Ready      <none>   40d   v1.29.1
node-21   NotReady   <none>   40d   v1.29.1
`,
      },
    ],
  },
  {
    name: 'kubectl-events',
    version: 1,
    about: 'warnings stay; normal events beyond the first of each reason fold',
    match: [
      {
        program: ['kubectl', 'oc', 'k'],
        sub: ['get events', 'get ev', 'events'],
        not: ['-o', '--output', '-w'],
        valued: ['-n', '--namespace', '--context', '--sort-by', '--field-selector'],
      },
    ],
    keep: [/\sWarning\s/],
    fold: [{ pattern: /^(?:\S+\s+)?(?:\S+(?: ago)?|<unknown>)\s+Normal\s+(?<kind>\w+)\s/, as: 'Normal', show: 2 }],
    cases: [
      {
        name: 'keeps each warning',
        command: 'kubectl get events -n prod',
        output: `
LAST SEEN   TYPE      REASON      OBJECT          MESSAGE
x20 | {n}m          Normal    Pulled      pod/web-{n}       Container image "web:2.4.1" already present on machine
3m          Warning   BackOff     pod/web-x1      Back-off restarting failed container
`,
        shows: `
LAST SEEN   TYPE      REASON      OBJECT          MESSAGE
1m          Normal    Pulled      pod/web-1       Container image "web:2.4.1" already present on machine
2m          Normal    Pulled      pod/web-2       Container image "web:2.4.1" already present on machine
... 17 lines: Normal Pulled x17
20m          Normal    Pulled      pod/web-20       Container image "web:2.4.1" already present on machine
3m          Warning   BackOff     pod/web-x1      Back-off restarting failed container
`,
      },
    ],
  },
  {
    name: 'kubectl-describe',
    version: 1,
    about: 'state, reasons, events and settings stay; service account volumes and default tolerations fold',
    match: [{ program: ['kubectl', 'oc', 'k'], sub: 'describe', valued: ['-n', '--namespace', '--context'] }],
    keep: [/\sWarning\s/, /^\s+(?:State|Last State|Reason|Exit Code|Ready|Restart Count|Status|Message):/],
    fold: [
      {
        pattern: /^\s+\/var\/run\/secrets\/kubernetes\.io\/serviceaccount from /,
        as: 'service account mounts',
        certain: true,
      },
      {
        pattern: /^(?:Tolerations:)?\s+node\.kubernetes\.io\/(?:not-ready|unreachable):NoExecute op=Exists for 300s$/,
        as: 'default tolerations',
        certain: true,
      },
      { pattern: /^\s+(?:Container ID|Image ID):\s/, as: 'container and image ids', certain: true },
      { pattern: /^ {2}Normal\s+(?<kind>\w+)\s/, as: 'Normal', show: 2 },
    ],
    blocks: [
      { start: /^ {2}(?:kube-api-access-\w+|default-token-\w+):$/, as: 'service account volume', do: 'fold', show: 1 },
    ],
    cases: [
      {
        name: 'keeps why the container died',
        command: 'kubectl describe pod web-1',
        output: `
Name:             web-1
Containers:
  web:
    Container ID:   containerd://1a2b3c
    Image:          web:2.4.1
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Mounts:
      /var/run/secrets/kubernetes.io/serviceaccount from kube-api-access-9x (ro)
Volumes:
  kube-api-access-9x:
    Type:                    Projected (a volume that contains injected data from multiple sources)
    TokenExpirationSeconds:  3607
Tolerations:                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                             node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
Events:
x9 |   Normal   Pulled   {n}m  kubelet  Container image already present
  Warning  BackOff  3m  kubelet  Back-off restarting failed container
`,
        shows: `
Name:             web-1
Containers:
  web:
... 1 line: container and image ids x1
    Image:          web:2.4.1
    Last State:     Terminated
      Reason:       OOMKilled
      Exit Code:    137
    Mounts:
... 1 line: service account mounts x1
Volumes:
  kube-api-access-9x:
... 4 lines: service account volume x2, default tolerations x2
Events:
  Normal   Pulled   1m  kubelet  Container image already present
  Normal   Pulled   2m  kubelet  Container image already present
... 6 lines: Normal Pulled x6
  Normal   Pulled   9m  kubelet  Container image already present
  Warning  BackOff  3m  kubelet  Back-off restarting failed container
`,
      },
    ],
  },
  {
    name: 'kubectl-apply',
    version: 1,
    about: 'what was created, changed, deleted or refused stays; unchanged objects fold',
    match: [
      {
        program: ['kubectl', 'oc', 'k', 'kustomize'],
        sub: ['apply', 'create', 'delete', 'replace', 'rollout', 'scale', 'label', 'annotate'],
        valued: ['-n', '--namespace', '--context'],
      },
      {
        program: 'helm',
        sub: ['install', 'upgrade', 'dependency', 'repo'],
        valued: ['-n', '--namespace', '--kube-context'],
      },
    ],
    fold: [
      { pattern: /^\S+ unchanged(?: \(.*\))?$/, as: 'unchanged objects', certain: true },
      {
        pattern: /^\S+ (?<kind>created|configured|deleted|patched|labeled)(?: \(.*\))?$/,
        as: 'objects',
        show: 25,
        certain: true,
      },
      { pattern: /^Waiting for deployment .* rollout to finish: /, as: 'waiting lines', show: 1, certain: true },
      { pattern: /^\.\.\.Successfully got an update from the /, as: 'repositories', certain: true },
    ],
    cases: [
      {
        name: 'counts unchanged objects',
        command: 'kubectl apply -f k8s/',
        output: `
x20 | service/part{n} unchanged
deployment.apps/web configured
Error from server (Forbidden): error when creating "k8s/role.yaml": roles.rbac.authorization.k8s.io is forbidden
`,
        shows: `
service/part1 unchanged
... 19 lines: unchanged objects x19
deployment.apps/web configured
Error from server (Forbidden): error when creating "k8s/role.yaml": roles.rbac.authorization.k8s.io is forbidden
`,
      },
    ],
  },
]
