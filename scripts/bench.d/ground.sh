# What the benchmarks stand on; sourced by them, from the repository's folder: a work folder, and
# engines that are hosts of their own, all of it removed on every way out.
# shellcheck shell=bash
set -euo pipefail

readonly jar=cli/target/jdocker.jar
# Below /var/lib: overlayfs wants a real file system, and /tmp may be in memory.
work=$(mktemp -d /var/lib/jdocker-bench.XXXXXX)
readonly work
readonly name=${work##*.}
# Undone from last to first.
undo=()

say() { printf '\n%s\n' "$*"; }
die() { printf 'bench: %s\n' "$*" >&2; exit 1; }

((EUID == 0)) || { rmdir "$work"; die "must be run as root"; }

leave() {
  local status=$? i
  trap - EXIT
  set +e
  for ((i = ${#undo[@]} - 1; i >= 0; i--)); do
    eval "${undo[i]}" >>"$work/undo.log" 2>&1
  done
  # What a broken engine left mounted below its root.
  awk -v w="$work/" 'index($5, w) == 1 {print $5}' /proc/self/mountinfo | sort -r |
    while read -r mount; do umount -l "$mount"; done
  find /sys/fs/cgroup -depth -path "*/bench-$name*" -type d -exec rmdir {} \; 2>/dev/null
  rm -rf --one-file-system "$work" || status=1
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

# Other work on the machine is in all figures: a container that needs 10 ms of a processor waits
# for it at each of its many hand-overs between processes.
tell_load() {
  local load
  load=$(cut -d' ' -f1 /proc/loadavg)
  say "load $load on $(nproc) processors"
  awk -v l="$load" -v n="$(nproc)" 'BEGIN {exit !(l > n)}' || return 0
  echo "this machine is busy: only compare figures with each other, the targets mean an idle one"
}

# The jar and, with Maven's test classes, the benchmarks in Java.
build_with_benchmarks() {
  scripts/need javac=openjdk-17-jdk-headless mvn=maven
  scripts/build
  local sources='runtime/src/test/java/io/jdocker/runtime/bench daemon/src/test/java/io/jdocker/daemon/bench'
  # shellcheck disable=SC2086 # two folders
  if [[ ! -d runtime/target/test-classes/io/jdocker/runtime/bench ]] ||
    [[ ! -d daemon/target/test-classes/io/jdocker/daemon/bench ]] ||
    [[ -n $(find $sources -newer "$jar" -print -quit) ]]; then
    touch pom.xml
    scripts/build
  fi
}

# A network namespace of its own, as a host has: host NAME.
make_host() {
  ip netns add "bench-$name-$1"
  undo+=("ip netns delete bench-$name-$1")
  nsenter --net="/run/netns/bench-$name-$1" ip link set lo up
}

# Runs a command there. Not "ip netns exec": its mounts would be hidden from everyone else.
on_host() {
  local host=$1
  shift
  nsenter --net="/run/netns/bench-$name-$host" "$@"
}

await() {
  local what=$1 attempt
  shift
  for ((attempt = 0; attempt < 300; attempt++)); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.1
  done
  die "$what did not come up"
}

# --- engines ---------------------------------------------------------------------------------

# jdocker on a host of its own, its daemon running: start_jdocker; then: jdocker ARG...
start_jdocker() {
  make_host jdocker
  undo+=("jdocker_leave")
  on_host jdocker "$PWD/scripts/jdocker" --root "$work/jdocker" version >/dev/null
  # The first command leaves an archive of classes behind, made in the background; a daemon that
  # starts after that starts faster and is smaller.
  await_archive
  jdocker daemon --stop
  on_host jdocker "$PWD/scripts/jdocker" --root "$work/jdocker" version >/dev/null
}

jdocker() { scripts/jdocker --root "$work/jdocker" "$@"; }

await_archive() {
  local attempt
  for ((attempt = 0; attempt < 100; attempt++)); do
    [[ -n $(find /var/cache/jdocker -name 'daemon-*.jsa' -newer "$jar" 2>/dev/null) ]] && return
    # Each command looks whether there is something to prepare.
    jdocker version >/dev/null
    sleep 0.2
  done
  say "no class-data archive was made: the figures are those of a slower start"
}

jdocker_leave() {
  # shellcheck disable=SC2046 # ids are words
  [[ ! -S $work/jdocker/jdocker.sock ]] || {
    jdocker rm -f $(jdocker ps -aq)
    jdocker daemon --stop
  }
}

# dockerd on a host of its own: start_docker; then: docker ARG...
start_docker() {
  make_host docker
  mkdir -p "$work/docker"
  undo+=("docker_leave")
  on_host docker dockerd --data-root "$work/docker/data" --exec-root "$work/docker/exec" \
    -H "unix://$work/docker/docker.sock" -p "$work/docker/pid" --storage-driver overlay2 \
    --cgroup-parent "/bench-$name" \
    </dev/null >"$work/docker/log" 2>&1 &
  await dockerd docker version
}

docker() { DOCKER_HOST=unix://$work/docker/docker.sock command docker "$@"; }

docker_leave() {
  local pid attempt
  [[ -s $work/docker/pid ]] || return
  pid=$(<"$work/docker/pid")
  # shellcheck disable=SC2046 # ids are words
  timeout 300 docker rm -f $(docker ps -aq)
  kill "$pid"
  for ((attempt = 0; attempt < 200; attempt++)); do
    kill -0 "$pid" 2>/dev/null || return
    sleep 0.1
  done
  kill -9 "$pid"
}

# podman needs no daemon. Its limits are what it fails without where rlimits cannot be raised.
podman() {
  on_host podman podman --root "$work/podman/root" --runroot "$work/podman/run" \
    --tmpdir "$work/podman/tmp" --storage-driver overlay --cgroup-manager cgroupfs \
    --events-backend none --runtime /usr/sbin/runc "$@"
}
podman_run() {
  podman run --rm --cgroup-parent "/bench-$name" --cgroups=no-conmon --ulimit nofile=1024:1024 --ulimit nproc=1024:1024 "$@"
}

# A root file system with busybox and its names, as a folder and as an archive.
make_root() {
  scripts/need busybox=busybox-static tar=tar
  install -D -m 0755 "$(command -v busybox)" "$work/image/bin/busybox"
  local link
  for link in sh true sleep; do ln -s busybox "$work/image/bin/$link"; done
  mkdir -p "$work"/image/{dev,proc,sys,tmp,etc}
  tar -C "$work/image" --owner=0 --group=0 -cf "$work/image.tar" .
}

# A bundle for runc and crun that runs "true": make_bundle
make_bundle() {
  mkdir "$work/bundle"
  ln -s "$work/image" "$work/bundle/rootfs"
  (cd "$work/bundle" && runc spec)
  # No terminal; what fails where rlimits cannot be raised is left out.
  sed -i -e 's/"terminal": true/"terminal": false/' -e 's/"sh"/"true"/' \
    -e "s#\"path\": \"rootfs\"#\"path\": \"$work/image\"#" \
    -e '/"rlimits": \[/,/\],/d' "$work/bundle/config.json"
}

# --- times -------------------------------------------------------------------------------------

# Runs a command and notes its time under a name: clock NAME COMMAND...
clock() {
  local file=$work/times/$1 begin end
  shift
  mkdir -p "$work/times"
  begin=$EPOCHREALTIME
  "$@" </dev/null >/dev/null 2>>"$work/errors" || {
    tail -n 3 "$work/errors" >&2
    die "failed: $*"
  }
  end=$EPOCHREALTIME
  echo $((${end/./} - ${begin/./})) >>"$file"
}

# The median of what was noted, in ms; "-" where there is nothing.
median() {
  [[ -s $work/times/$1 ]] || { echo -; return; }
  sort -n "$work/times/$1" | awk '{v[NR] = $1} END {printf "%.1f\n", v[int((NR + 1) / 2)] / 1000}'
}

# verdict WHAT MEASURED LIMIT, numbers in the same unit.
verdict() {
  awk -v what="$1" -v measured="$2" -v limit="$3" 'BEGIN {
    printf "target: %s: %.2f %s\n", what, measured, measured + 0 <= limit + 0 ? "ok" : "MISSED" }'
}

ratio() { awk -v a="$1" -v b="$2" 'BEGIN {printf "%.2f\n", (b + 0 > 0) ? a / b : 0}'; }
