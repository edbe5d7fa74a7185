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
  rm -rf --one-file-system "$work" || status=1
  exit "$status"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

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
