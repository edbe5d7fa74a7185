package io.jdocker.runtime.explain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.trace.Stage;
import io.jdocker.linux.trace.TraceEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScriptTest {
  private final String script = new Explanation(Traces.SUBJECT, Traces.small()).script();

  @Test
  void everyShellCanReadIt() throws Exception {
    Process sh = new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
    try (var in = sh.outputWriter(UTF_8)) {
      in.write(script);
    }
    assertEquals("", new String(sh.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, sh.waitFor());
  }

  @Test
  void whatIsDoneOnTheHostCanBeTakenBack() {
    assertTrue(
        script.contains(
            """
            # make the namespace
            ip netns add web
            undo 'ip netns del web'
            """),
        script);
    assertTrue(script.contains("\nmake_folder /cg/0123456789ab\n"), script);
    assertTrue(script.contains("undo 'iptables -t nat -D JDOCKER-T8064 -j DNAT'\n"), script);
  }

  @Test
  void itsFilesLieInAFolderOfItsOwn() {
    assertTrue(script.contains("\ndir=/r/by-hand/0123456789ab\n"), script);
    assertTrue(script.contains("cat > /r/by-hand/0123456789ab/hosts <<'END'\n"), script);
    assertTrue(
        script.contains(
            "lowerdir=l/1,upperdir=by-hand/0123456789ab/upper,"
                + "workdir=by-hand/0123456789ab/work,index=off overlay /r/rootfs\n"),
        script);
    assertFalse(script.contains("/r/containers/"), script);
  }

  @Test
  void namespacesAndGroupsAreJoinedBeforeTheContainersSideBegins() {
    assertTrue(
        script.contains(
            """
            echo 0 > /cg/0123456789ab/cgroup.procs
            exec nsenter --net=/run/netns/web unshare --pid --fork --propagation unchanged \\
              sh "$0" inside
            """),
        script);
  }

  @Test
  void everyNamespaceIsJoinedOrMadeAsItWas() {
    List<TraceEntry> trace = new ArrayList<>(Traces.small());
    int clone = 4;
    trace.add(
        clone + 2,
        Traces.entry(
            Stage.LAUNCH, "join", "setns(9, CLONE_NEWIPC)", "nsenter --ipc=/proc/7/ns/ipc"));
    trace.add(
        clone + 3,
        Traces.entry(Stage.LAUNCH, "its group", "unshare(CLONE_NEWCGROUP)", "unshare --cgroup"));
    trace.add(
        clone + 4,
        Traces.entry(
            Stage.LAUNCH, "its clocks", "unshare(CLONE_NEWTIME)", "unshare --time --monotonic 5"));
    trace.add(clone + 5, Traces.entry(Stage.LAUNCH, "descriptors", "unshare(CLONE_FILES)", null));
    trace.add(
        clone,
        Traces.entry(
            Stage.LAUNCH, "join", "setns(9, CLONE_NEWPID)", "nsenter --pid=/proc/7/ns/pid"));
    String made = new Explanation(Traces.SUBJECT, trace).script();
    assertTrue(
        made.contains(
            "exec nsenter --pid=/proc/7/ns/pid nsenter --ipc=/proc/7/ns/ipc"
                + " nsenter --net=/run/netns/web unshare --pid --fork --cgroup --time"
                + " --monotonic 5 --propagation unchanged \\\n"),
        made);
  }

  @Test
  void theCommandThatWasFoundIsRunLastWithItsFolderAndEnvironment() {
    assertTrue(
        script.contains(
            """
            exec ./ld-*.so* --library-path . ./setpriv --bounding-set=-all,+chown \\
              ./ld-*.so* --library-path . ./env -i --chdir=/srv \\
              'A=b c' httpd
            """),
        script);
    assertFalse(script.contains("wrong"), script);
    assertTrue(script.contains("# seccomp(2): "), script);
  }

  @Test
  void aStartThatFailedCannotBeBuiltByHand() {
    Explanation failed = new Explanation(Traces.SUBJECT, Traces.small().subList(0, 9));
    assertThrows(Conflict.class, failed::script);
  }
}
