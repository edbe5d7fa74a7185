package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are read and found; none of the machine's is changed. */
final class SysctlTest {
  @ParameterizedTest
  @ValueSource(strings = {"kernel.ostype", "kernel/ostype"})
  void aNameMayBeWrittenBothWays(String name) {
    assertTrue(Sysctl.exists(name));
    assertEquals("Linux", Sysctl.read(name));
  }

  @Test
  void aVectorOfNumbersComesWholeWithItsTabs() throws IOException {
    String expected = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range")).get(0);
    assertEquals(expected, Sysctl.read("net.ipv4.ip_local_port_range"));
  }

  @Test
  void aNameWithASlashKeepsItsDots() {
    // A link may be named eth0.5, whose settings are below net/ipv4/conf/eth0.5.
    assertFalse(Sysctl.exists("net/ipv4/conf/lo.5/forwarding"));
    assertTrue(Sysctl.exists("net/ipv4/conf/lo/forwarding"));
  }

  @Test
  void whatHasTheValueAlreadyIsNotWritten() {
    assertFalse(Sysctl.set("kernel.ostype", "Linux"));
  }

  @Test
  void aSettingThatCannotBeChangedSaysSo() {
    SystemFailure e = assertThrows(SystemFailure.class, () -> Sysctl.set("kernel.ostype", "GNU"));
    assertTrue(e.getMessage().startsWith("cannot set kernel.ostype to GNU: "), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"kernel.nosuch", "nosuch", "net.ipv4"})
  void aSettingThatThereIsNotIsNamed(String name) {
    SystemFailure e = assertThrows(SystemFailure.class, () -> Sysctl.read(name));
    assertTrue(e.getMessage().startsWith("cannot read the setting " + name + ": "), e.getMessage());
    assertFalse(e.getMessage().contains("\n"));
  }
}
