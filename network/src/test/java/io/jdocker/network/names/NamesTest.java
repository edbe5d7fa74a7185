package io.jdocker.network.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.trace.Trace;
import io.jdocker.network.NamesSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
  private static final NamesSpec PLAIN = NamesSpec.of(Path.of("/nowhere"), "box");

  private static NamesSpec dns(List<String> dns, List<String> search, List<String> options) {
    return new NamesSpec(Path.of("/nowhere"), "box", "", List.of(), dns, search, options);
  }

  @Test
  void hostsHasLocalhostFirst() {
    assertEquals(
        """
        127.0.0.1\tlocalhost
        ::1\tlocalhost ip6-localhost ip6-loopback
        fe00::0\tip6-localnet
        ff00::0\tip6-mcastprefix
        ff02::1\tip6-allnodes
        ff02::2\tip6-allrouters
        1.2.3.4\tfoo
        172.17.0.5\thh.example.org hh
        """,
        HostsFile.text(
            List.of(
                new HostLine("1.2.3.4", List.of("foo")),
                new HostLine("172.17.0.5", List.of("hh.example.org", "hh")))));
  }

  @Test
  void aNameIsNotSaidTwice() {
    assertEquals(
        "172.17.0.2\tc1 abc", new HostLine("172.17.0.2", List.of("c1", "abc", "c1")).toString());
  }

  @Test
  void addHostValuesAreRead() {
    assertEquals(
        List.of(
            new HostLine("10.0.0.1", List.of("a")),
            new HostLine("172.17.0.1", List.of("h")),
            new HostLine("2001:db8::1", List.of("six")),
            new HostLine("::1", List.of("b"))),
        HostsFile.extra(
            List.of("a:10.0.0.1", "h=host-gateway", "six:[2001:db8::1]", "b:::1"), "172.17.0.1"));
    assertEquals(
        "bad format for add-host: \"nocolon\"",
        assertThrows(InvalidArgument.class, () -> HostsFile.extra(List.of("nocolon"), ""))
            .getMessage());
    assertEquals(
        "invalid IP address in add-host: \"1.2.3\"",
        assertThrows(InvalidArgument.class, () -> HostsFile.extra(List.of("a:1.2.3"), ""))
            .getMessage());
  }

  @Test
  void theHostsResolvConfIsCopiedUntouched() {
    String host = "# by hand\nnameserver 10.255.255.53\n";
    assertEquals(host, ResolvConf.text(host, PLAIN, true));
  }

  @Test
  void serversOnTheHostsLoopbackAreLeftOut() {
    assertEquals(
        "search lan\nnameserver 9.9.9.9\n",
        ResolvConf.text("nameserver 127.0.0.53\nnameserver 9.9.9.9\nsearch lan\n", PLAIN, true));
    assertEquals(
        "nameserver 8.8.8.8\nnameserver 8.8.4.4\n",
        ResolvConf.text("nameserver ::1\n", PLAIN, true));
    assertEquals("nameserver ::1\n", ResolvConf.text("nameserver ::1\n", PLAIN, false));
  }

  @Test
  void chosenValuesReplaceTheHosts() {
    String host = "nameserver 1.1.1.1\nsearch lan\noptions edns0\n";
    assertEquals(
        "search example.com\nnameserver 9.9.9.9\noptions ndots:2\n",
        ResolvConf.text(
            host, dns(List.of("9.9.9.9"), List.of("example.com"), List.of("ndots:2")), true));
    assertEquals(
        "search lan\nnameserver 9.9.9.9\noptions edns0\n",
        ResolvConf.text(host, dns(List.of("9.9.9.9"), List.of(), List.of()), true));
    assertEquals(
        "nameserver 1.1.1.1\noptions edns0\n",
        ResolvConf.text(host, dns(List.of(), List.of("."), List.of()), true));
  }

  @Test
  void filesAreRewrittenInPlace(@TempDir Path folder) throws IOException {
    NameFiles files = new NameFiles();
    NamesSpec spec =
        new NamesSpec(folder, "hh", "example.org", List.of(), List.of(), List.of(), List.of());
    files.write(
        spec,
        List.of(new HostLine("10.0.0.2", List.of("hh", "longer-name"))),
        true,
        false,
        Trace.off());
    Object inode = Files.getAttribute(folder.resolve("hosts"), "unix:ino");
    files.writeHosts(spec, List.of(new HostLine("10.0.0.3", List.of("hh"))), true, Trace.off());
    assertEquals(inode, Files.getAttribute(folder.resolve("hosts"), "unix:ino"));
    assertEquals(
        HostsFile.text(List.of(new HostLine("10.0.0.3", List.of("hh")))),
        Files.readString(folder.resolve("hosts")));
    assertEquals("hh.example.org\n", Files.readString(folder.resolve("hostname")));
  }
}
