package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import io.jdocker.runtime.testing.TestEngine.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kernel's files in a container: /proc, /sys, /dev, and what of them is not for it. */
final class KernelFilesIT {
  private static final SecuritySpec PRIVILEGED =
      new SecuritySpec(true, false, List.of(), List.of(), false, "");

  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private Outcome shell(String script) throws Exception {
    return test.run(Specs.shell(script).spec());
  }

  @Test
  void maskedPathsAreEmpty() throws Exception {
    Outcome outcome =
        shell(
            """
            for f in interrupts kcore keys latency_stats timer_list timer_stats sched_debug; do
              [ -e /proc/$f ] && wc -c </proc/$f
            done
            for d in /proc/acpi /proc/asound /proc/scsi /sys/firmware \
                /sys/devices/virtual/powercap; do
              [ -e $d ] && { ls -A $d; touch $d/x 2>/dev/null && echo written; }
            done
            true
            """);
    assertEquals("", outcome.stderr());
    assertTrue(outcome.stdout().lines().allMatch("0"::equals), outcome.stdout());
    assertFalse(outcome.stdout().isEmpty(), "no masked file at all");
  }

  @Test
  void theKernelsSettingsAreReadOnly() throws Exception {
    Outcome outcome =
        shell(
            """
            for f in /proc/bus /proc/fs /proc/irq /proc/sys /proc/sysrq-trigger; do
              [ -e $f ] && ! grep -q " $f proc ro," /proc/mounts && echo "$f is writable"
            done
            echo x >/proc/sys/kernel/core_pattern
            touch /sys/kernel/x 2>&1
            mount -o remount,rw /proc/sys 2>&1
            """);
    List<String> lines = outcome.stdout().lines().toList();
    assertEquals(2, lines.size(), outcome.toString());
    assertTrue(lines.get(0).contains("Read-only file system"), lines.get(0));
    assertTrue(lines.get(1).contains("permission denied"), lines.get(1));
    assertTrue(outcome.stderr().contains("Read-only file system"), outcome.stderr());
  }

  /** And CVE-2023-25809: no control group of the host is there to be written. */
  @Test
  void cve20220492NoReleaseAgentCanBeSet() throws Exception {
    Outcome outcome =
        shell(
            """
            find /sys/fs/cgroup -name release_agent 2>/dev/null | while read f; do
              echo /bin/sh 2>/dev/null >$f && echo "wrote $f"
            done
            for d in /sys/fs/cgroup /sys/fs/cgroup/*; do
              mkdir $d/x 2>/dev/null && echo "made $d/x"
            done
            mkdir /tmp/c; mount -t cgroup -o memory x /tmp/c 2>/dev/null && echo mounted
            mount -t cgroup2 x /tmp/c 2>/dev/null && echo mounted
            true
            """);
    assertEquals(new Outcome(0, "", ""), outcome);
  }

  @Test
  void controlGroupsHoldNoProgramsAndNoDevices() throws Exception {
    Outcome outcome =
        shell("grep ' /sys/fs/cgroup' /proc/self/mounts | cut -d' ' -f4 | cut -d, -f1-4 | sort -u");
    assertEquals("ro,nosuid,nodev,noexec\n", outcome.stdout());
  }

  @Test
  void thereAreTheDefaultDevicesOnly() throws Exception {
    Outcome outcome = shell("cd /dev; ls; stat -c '%n %a %t:%T' full null random tty urandom zero");
    assertEquals(
        List.of(
            "core",
            "fd",
            "full",
            "mqueue",
            "null",
            "ptmx",
            "pts",
            "random",
            "shm",
            "stderr",
            "stdin",
            "stdout",
            "tty",
            "urandom",
            "zero",
            "full 666 1:7",
            "null 666 1:3",
            "random 666 1:8",
            "tty 666 5:0",
            "urandom 666 1:9",
            "zero 666 1:5"),
        outcome.stdout().lines().toList());
  }

  @Test
  void otherDevicesCanBeMadeButNotOpened() throws Exception {
    Outcome outcome =
        shell(
            """
            mknod /tmp/log c 1 11 && mknod /tmp/disk b 8 0 && mknod /tmp/loop b 7 0 || exit 1
            for d in log disk loop; do head -c 1 /tmp/$d 2>&1; done
            head -c 1 /dev/zero | wc -c
            echo x >/dev/null && echo fine
            """);
    List<String> lines = outcome.stdout().lines().toList();
    assertEquals(5, lines.size(), outcome.toString());
    lines.subList(0, 3).forEach(l -> assertTrue(l.contains("Operation not permitted"), l));
    assertEquals(List.of("1", "fine"), lines.subList(3, 5));
  }

  @Test
  void aReadOnlyRootIsReadOnlyAndItsDevicesAreNot() throws Exception {
    SecuritySpec readOnly = new SecuritySpec(false, true, List.of(), List.of(), false, "");
    Outcome outcome =
        test.run(
            Specs.shell(
                    "touch /x; touch /tmp/x; touch /etc/hosts; echo x >/dev/null; touch /dev/shm/x"
                        + " && echo shm")
                .security(readOnly)
                .spec());
    assertEquals("shm\n", outcome.stdout());
    assertEquals(
        2,
        outcome.stderr().lines().filter(l -> l.contains("Read-only file system")).count(),
        outcome.stderr());
  }

  @Test
  void aPrivilegedOneSeesAndWritesAll() throws Exception {
    Outcome outcome =
        test.run(
            Specs.shell(
                    """
                    cat /proc/interrupts | head -n 1 | wc -l
                    p=$(cat /proc/sys/kernel/domainname); echo "$p" >/proc/sys/kernel/domainname
                    mount -t tmpfs x /tmp && umount /tmp && echo mounted
                    mknod /tmp/log c 1 11 && head -c 1 /tmp/log | wc -c
                    """)
                .security(PRIVILEGED)
                .spec());
    assertEquals("1\nmounted\n1\n", outcome.stdout(), outcome.stderr());
  }

  /** runc's issue 3674, which crun 1.8 still has: the host's own device was given away. */
  @Test
  void theHostsNullDeviceKeepsItsOwner() throws Exception {
    FileStatus before = nullDevice();
    Container container = test.start(Specs.run("sleep", "100").user("user").spec());
    assertEquals(0, test.exec(container, Specs.execAs("1:1", "true")).exitCode());
    assertEquals(0, test.run(Specs.run("true").user("1:1").terminal().spec()).exitCode());
    FileStatus after = nullDevice();
    assertEquals(before.mode(), after.mode());
    assertEquals(before.uid(), after.uid());
    assertEquals(before.gid(), after.gid());
  }

  private FileStatus nullDevice() {
    return test.engine().kernel().files().status(FileCalls.AT_FDCWD, "/dev/null", 0);
  }
}
