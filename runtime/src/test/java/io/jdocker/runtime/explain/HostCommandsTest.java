package io.jdocker.runtime.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class HostCommandsTest {
  @Test
  void theUndoComesRightAfterWhatMadeSomething() {
    assertEquals(
        "ip link add v1 type veth peer name eth0\nundo 'ip link del v1'\nip link set v1 up\n",
        HostCommands.withUndo("ip link add v1 type veth peer name eth0 && ip link set v1 up"));
  }

  @Test
  void whatWasThereBeforeIsNotTakenBack() {
    assertEquals(
        """
        iptables -t raw -C A -j B 2>/dev/null || {
          iptables -t raw -I A -j B
          undo 'iptables -t raw -D A -j B'
        }
        """,
        HostCommands.withUndo(
            "iptables -t raw -C A -j B 2>/dev/null || iptables -t raw -I A -j B"));
  }

  @Test
  void aChainGoesOnlyWhenNobodyElseUsesIt() {
    String chain = "iptables -t nat -N B && iptables -t nat -A A -j B";
    String inverse =
        "iptables -t nat -S B | grep -q -e -A ||"
            + " { iptables -t nat -D A -j B; iptables -t nat -X B; }";
    assertEquals(
        """
        iptables -t nat -S B >/dev/null 2>&1 || {
          CHAIN
          undo 'INVERSE'
        }
        """
            .replace("CHAIN", chain)
            .replace("INVERSE", inverse),
        HostCommands.withUndo("iptables -t nat -S B >/dev/null 2>&1 || { " + chain + "; }"));
  }

  @Test
  void whatNeedsNoUndoStaysAsItIs() {
    String commands = "sysctl -qw net.ipv4.ip_forward=1\nip -n web link set lo up\n";
    assertEquals(commands, HostCommands.withUndo(commands));
    assertEquals("[ -e a ] || touch a\n", HostCommands.withUndo("[ -e a ] || touch a"));
  }

  @Test
  void foldersAreMadeByTheScriptsOwnFunction() {
    assertEquals("make_folder /cg/a\n", HostCommands.withUndo("mkdir -p /cg/a"));
  }
}
