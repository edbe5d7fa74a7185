package io.jdocker.runtime.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.Step;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of a start. Each rule has a breakout or a leak behind it, so each has a test. */
final class ContainerProgramTest {
  private final Plans plans = new Plans();

  @Test
  void joiningItsControlGroupsComesFirst() {
    List<String> calls = plans.calls(plans.plan());
    assertEquals(List.of("write(20, \"0\", 1)", "write(21, \"0\", 1)"), calls.subList(0, 2));
    assertEquals("setns(22, CLONE_NEWNET)", calls.get(2));
  }

  @Test
  void theCgroupNamespaceIsMadeOnlyOnceInsideTheGroup() {
    List<String> calls = plans.calls(plans.ownCgroupNamespace().plan());
    int unshare = calls.indexOf("unshare(CLONE_NEWCGROUP)");
    assertTrue(unshare > calls.indexOf("write(21, \"0\", 1)"), calls::toString);
  }

  @Test
  void theHostsRootIsGoneBeforeAnythingElseIsMounted() {
    Order order = order(plans.mount(Plans.volume(30, "/data")).plan());
    order.check("pivot_root(\".\", \".\")", "umount2(\".\", MNT_DETACH)");
    order.check("umount2(\".\", MNT_DETACH)", "mount(\"sysfs\"");
    order.check("umount2(\".\", MNT_DETACH)", "move_mount(30");
  }

  @Test
  void cve202328642ProcIsMountedOverWhateverAVolumePutThere() {
    Order order = order(plans.mount(Plans.volume(30, "/data")).plan());
    order.check("move_mount(30", "mount(\"proc\"");
  }

  @Test
  void devicesAreThereBeforeTheVolumesThatMayLieBelowDev() {
    order(plans.mount(Plans.volume(30, "/dev/mine")).plan())
        .check("mount(\"tmpfs\", \".\"", "move_mount(30");
  }

  @Test
  void cve202421626NothingOfTheDaemonIsOpenWhenTheWorkFolderIsEntered() {
    Order order = order(plans.workingDirectory("/work").plan());
    order.check("close_range(3, 4294967295, 0)", "mkdirat(AT_FDCWD, \"/work\", 0755)");
    order.check("close_range(3, 4294967295, 0)", "chdir(\"/work\")");
  }

  @Test
  void descriptorsAreUsedBeforeTheyAreClosed() {
    Order order = order(plans.mount(Plans.volume(30, "/data")).plan());
    order.check("dup3(12, 2, 0)", "close_range(3,");
    order.check("move_mount(30", "close_range(3,");
  }

  @Test
  void aReadOnlyRootStillGetsItsWorkFolder() {
    Order order = order(plans.readOnlyRoot().workingDirectory("/a/b").plan());
    String remount = "mount(NULL, \"/\", NULL, MS_RDONLY|MS_REMOUNT|MS_BIND, NULL)";
    order.check("mkdirat(AT_FDCWD, \"/a\", 0755)", remount);
    order.check("mkdirat(AT_FDCWD, \"/a/b\", 0755)", remount);
    order.check(remount, "chdir(\"/a/b\")");
    assertFalse(plans.calls(new Plans().plan()).contains(remount));
  }

  @Test
  void credentialsAreTheLastThingBeforeTheCommand() {
    List<String> calls = plans.calls(plans.plan());
    int capset = calls.indexOf("capset({_LINUX_CAPABILITY_VERSION_3}, 0x0)");
    assertEquals(
        List.of("rt_sigprocmask(SIG_SETMASK, [], 0, 8)", "execve(\"/bin/sh\", [/bin/sh], [A=b])"),
        calls.subList(capset + 1, calls.size()));
    order(plans.plan()).check("umask(022)", "keyctl(KEYCTL_JOIN_SESSION_KEYRING");
  }

  @Test
  void modesAreMeantAsGivenWhileFoldersAreMadeAndCustomaryAfterwards() {
    Order order = order(plans.plan());
    order.check("umask(0)", "mkdirat(AT_FDCWD, \"/sys\", 0755)");
    order.check("chdir(\"/\")", "umask(022)");
  }

  @Test
  void namesAreSetByLengthInBytes() {
    List<String> calls = plans.calls(plans.hostname("grün", "example.org").plan());
    assertTrue(calls.contains("sethostname(\"grün\", 5)"), calls::toString);
    assertTrue(calls.contains("setdomainname(\"example.org\", 11)"), calls::toString);
  }

  @Test
  void aContainerWithTheHostsNetworkAndNameJoinsAndNamesNothing() {
    List<Sys> kinds =
        plans.hostNetwork().hostname("", "").steps().stream().map(Step::call).toList();
    assertFalse(kinds.contains(Sys.SETNS));
    assertFalse(kinds.contains(Sys.SETHOSTNAME));
    assertFalse(kinds.contains(Sys.SETDOMAINNAME));
    assertFalse(kinds.contains(Sys.UNSHARE));
  }

  @Test
  void aPrivilegedContainerHasNothingHiddenAndAWritableSys() {
    List<Step> steps = plans.privileged().steps();
    assertFalse(steps.stream().anyMatch(s -> s.purpose().startsWith("hide ")));
    assertFalse(steps.stream().anyMatch(s -> s.call() == Sys.MOUNT_SETATTR));
    String sys = "mount(\"sysfs\", \".\", \"sysfs\", MS_NOSUID|MS_NODEV|MS_NOEXEC, NULL)";
    assertTrue(steps.stream().anyMatch(s -> s.toString().equals(sys)));
  }

  @Test
  void anyOtherHasMoreHiddenThanNothing() {
    List<Step> steps = plans.steps();
    assertTrue(steps.stream().anyMatch(s -> s.purpose().startsWith("hide a file")));
    assertTrue(steps.stream().anyMatch(s -> s.call() == Sys.MOUNT_SETATTR));
  }

  @Test
  void aTerminalIsOpenedInTheContainersOwnDevptsAndGivenBack() {
    Payload payload = plans.compile(plans.terminal(24, 80).plan());
    Step master = payload.terminal().orElseThrow();
    assertEquals("openat(AT_FDCWD, \"/dev/pts/ptmx\", O_RDWR|O_NOCTTY)", master.toString());
    Order order = new Order(payload);
    order.check("mount(\"devpts\"", "openat(AT_FDCWD, \"/dev/pts/ptmx\"");
    // The keeper sees the master only while the table is shared; nothing later may leak into it.
    order.check("openat(AT_FDCWD, \"/dev/pts/ptmx\"", "unshare(CLONE_FILES)");
    order.check("unshare(CLONE_FILES)", "dup3(<ioctl>, 0, 0)");
    assertEquals(Optional.empty(), plans.compile(new Plans().plan()).terminal());
  }

  private Order order(ContainerPlan plan) {
    return new Order(plans.compile(plan));
  }

  /** Checks which of two calls, given by how they begin, is made first; each must be there. */
  private static final class Order {
    private final List<String> calls;

    Order(Payload payload) {
      calls = payload.program().steps().stream().map(Step::toString).toList();
    }

    void check(String first, String second) {
      int lastOfFirst = -1;
      int firstOfSecond = -1;
      for (int i = 0; i < calls.size(); i++) {
        if (calls.get(i).startsWith(first) && lastOfFirst < 0) {
          lastOfFirst = i;
        }
        if (calls.get(i).startsWith(second)) {
          firstOfSecond = i;
        }
      }
      assertTrue(lastOfFirst >= 0, "no " + first + " in " + calls);
      assertTrue(firstOfSecond > lastOfFirst, second + " does not follow " + first);
    }
  }
}
