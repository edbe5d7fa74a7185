package io.jdocker.runtime.explain;

import io.jdocker.linux.trace.Stage;
import io.jdocker.runtime.launch.Shell;
import java.util.List;

/** The parts of a script that do not come from the trace. */
final class ScriptParts {
  private ScriptParts() {}

  static String head(Subject subject, ByHand place) {
    String name = Shell.quote(subject.name());
    return """
        #!/bin/sh
        # Builds by hand the container @NAME@ (@ID@):
        #   @COMMAND@
        # Every command does what jdocker did by a system call, in the same order. Names and
        # addresses are the container's, so remove it first: jdocker rm -f @NAME@
        #
        #   sh THIS         build it and run the command here; when it ends, take all back
        #   sh THIS start   build it, leave it running and print its pid; output: @DIR@/log
        #   sh THIS clean   kill it and take everything back
        #
        # Run it as root in the network namespace that jdocker ran in. It needs util-linux, coreutils,
        # iproute2, iptables, procps and hostname. The engine knows nothing of what it builds.
        # Not done here, as there is no tool for it: the seccomp filter, the session keyring, and
        # the refusal of symbolic links in the image (openat2).
        set -eu
        umask 022
        dir=@DIR@

        """
        .replace("@NAME@", name)
        .replace("@ID@", subject.shortId())
        .replace("@DIR@", Shell.quote(place.folder().toString()))
        .replace("@COMMAND@", Script.shown(subject.command()));
  }

  /** What the script does about being taken back, up to the host's side. */
  static String functions() {
    return """
        # Remembers how to take back what has just been done.
        undo() { printf '%s\\n' "$*" >> "$dir/undo"; }

        # Makes a folder and those above it that are not there.
        make_folder() {
          [ -d "$1" ] || {
            make_folder "${1%/*}"
            mkdir "$1"
            undo "rmdir '$1'"
          }
        }

        # Kills the container and takes everything back, the last thing first.
        clean() {
        [ -d "$dir" ] || return 0
        if [ -e "$dir/pid" ]; then
          read -r pid space < "$dir/pid"
          [ "$(readlink "/proc/$pid/ns/pid")" != "$space" ] || kill -KILL "$pid"
        fi
        if [ -e "$dir/unshare" ]; then
          read -r pid < "$dir/unshare"
          tries=100
          while [ "$tries" -gt 0 ] && readlink "/proc/$pid/ns/pid" > /dev/null; do
            tries=$((tries - 1))
            sleep 0.05
          done
        fi
        if [ -e "$dir/undo" ]; then
          tac "$dir/undo" > "$dir/todo"
          while IFS= read -r command; do
            eval "$command" || echo "could not take back: $command" >&2
          done < "$dir/todo"
        fi
        rm -rf "$dir"
        rmdir "${dir%/*}" 2>/dev/null || :
        }

        # The host's side.
        build() {
        """;
  }

  static String banner(Stage stage) {
    return "\n# --- "
        + Sections.title(stage)
        + " ---\n# "
        + Sections.sentence(stage).replace("\n", "\n# ")
        + "\n";
  }

  /** The container's writable layer, and the tools that go along. */
  static String rootfs() {
    return """

        # --- Root file system ---
        # The image's layers lie unpacked on disk; the container gets a new writable one.
        mkdir "$dir/upper" "$dir/work"

        # The image need not have the tools that build its insides: they go along from here.
        mkdir "$dir/tools"
        for name in TOOLS; do
          file=$(command -v "$name")
          cp -L "$file" $(ldd "$file" | grep -o '/[^ ]*') "$dir/tools"
        done
        """
        .replace(
            "TOOLS",
            String.join(" ", ByHand.TOOLS_INSIDE) + " " + String.join(" ", ByHand.LAST_TOOLS));
  }

  /** The namespaces; the rest is done from inside. */
  static String launch(List<String> joins, ContainerSide inside, String unshare) {
    StringBuilder text =
        new StringBuilder(
            """
            # --- Launch ---
            # Joins the control groups and makes the namespaces. Their first process, pid 1, goes
            # on with this script at "inside" and becomes the command.
            launch() {
            read -r pid rest < /proc/self/stat
            echo "$pid" > "$dir/unshare"
            """);
    joins.forEach(join -> text.append(join).append('\n'));
    return text.append("exec ")
        .append(inside.unshare(unshare))
        .append(" \\\n  sh \"$0\" inside\n}\n\n")
        .toString();
  }

  static String insideHead() {
    return """
        # Runs a tool of the host with the host's libraries.
        tool() {
          name=$1
          shift
          "$tools"/ld-*.so* --library-path "$tools" "$tools/$name" "$@"
        }

        # The container's side: in the new namespaces, with the host's root until pivot_root.
        inside() {
        HOST=
        read -r pid rest < /proc/self/stat
        echo "$pid $(readlink /proc/self/ns/pid)" > "$dir/pid"
        """;
  }

  static String verbs() {
    return """
        case "${1:-run}" in
        run | start)
          mkdir -p "${dir%/*}"
          mkdir "$dir" || { echo "it was built already: sh $0 clean" >&2; exit 1; }
          trap clean EXIT
          trap 'exit 130' INT TERM HUP
          build
          ;;
        esac
        case "${1:-run}" in
        run)
          status=0
          (launch) || status=$?
          exit "$status"
          ;;
        start)
          (exec < /dev/null > "$dir/log" 2>&1; launch) &
          while [ ! -e "$dir/ready" ]; do
            kill -0 "$!" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
            sleep 0.05
          done
          trap - EXIT
          read -r pid rest < "$dir/pid"
          echo "$pid"
          ;;
        inside) inside ;;
        clean) clean ;;
        *)
          echo "usage: sh $0 [run | start | clean]" >&2
          exit 2
          ;;
        esac
        """;
  }
}
