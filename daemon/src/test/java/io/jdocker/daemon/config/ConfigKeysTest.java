package io.jdocker.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** daemon.json key by key: what each is read as, and what each refuses. */
class ConfigKeysTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("daemon.json");
  }

  private Directives read(String json) throws IOException {
    Files.writeString(file(), json.replace('\'', '"'));
    return new ConfigFile(file()).read(true);
  }

  private String refusal(String json) {
    return assertThrows(EngineException.class, () -> read(json)).getMessage();
  }

  private static Stream<Directive> keys() {
    return Arrays.stream(Directive.values()).filter(each -> !each.key().isEmpty());
  }

  /** A value of the kind, and what it is read as. */
  private static String sample(Directive directive) {
    return switch (directive.kind()) {
      case TEXT -> "'t'";
      case BOOL -> "true";
      case LIST -> "['t','u']";
      case MAP -> "{'a':'t','b':''}";
      case POOLS -> "[{'base':'10.0.0.0/8','size':24}]";
    };
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsReadInItsKind(Directive directive) throws IOException {
    List<String> expected =
        switch (directive.kind()) {
          case TEXT -> List.of("t");
          case BOOL -> List.of("true");
          case LIST -> List.of("t", "u");
          case MAP -> List.of("a=t", "b=");
          case POOLS -> List.of("base=10.0.0.0/8,size=24");
        };
    Directives set = read("{'" + directive.key() + "':" + sample(directive) + "}");
    assertEquals(expected, set.all(directive));
    for (Directive other : Directive.values()) {
      if (other != directive) {
        assertEquals(List.of(), set.all(other), other.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void anythingElseIsRefusedWithItsType(Directive directive) {
    String type =
        switch (directive.kind()) {
          case TEXT -> "string";
          case BOOL -> "bool";
          case LIST, POOLS -> "[]string";
          case MAP -> "map[string]string";
        };
    for (String wrong : List.of("1", "null", "1.5")) {
      assertEquals(
          "cannot unmarshal " + wrong + " into field " + directive.key() + " of type " + type,
          refusal("{'" + directive.key() + "':" + wrong + "}"));
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyAndItsFlagAreRefusedTogetherButForRegistries(Directive directive) throws IOException {
    Directives file = read("{'" + directive.key() + "':" + sample(directive) + "}");
    Directives flags = new Directives.Builder().add(directive, "true").build();
    if (directive == Directive.MIRROR || directive == Directive.INSECURE_REGISTRY) {
      assertEquals(List.of("t", "u", "true"), flags.and(file).all(directive));
      return;
    }
    String message = assertThrows(InvalidArgument.class, () -> flags.and(file)).getMessage();
    assertTrue(
        message.startsWith(
            "the following directives are specified both as a flag and in the configuration file: "
                + directive.key()
                + ": (from flag: "),
        message);
  }

  @ParameterizedTest
  @EnumSource(Directive.class)
  void aFlagIsFoundByItsNameAlone(Directive directive) {
    assertEquals(directive, Directive.ofFlag(directive.flag()).orElseThrow());
    assertEquals(
        List.of("true"),
        Directives.ofFlags(List.of("--" + directive.flag() + "=true")).all(directive));
    assertThrows(
        InvalidArgument.class, () -> Directives.ofFlags(List.of("-" + directive.flag() + "=true")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "config-file", "", "host", "label", "Debug", "log_level"})
  void whatIsNoKeyIsUnknown(String key) {
    assertEquals(
        "the following directives don't match any configuration option: " + key,
        refusal("{'" + key + "':'x'}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "storage-driver | 'btrfs' | \"overlay2\"",
        "storage-driver | null | \"overlay2\"",
        "live-restore | false | true",
        "iptables | false | true",
        "ip-forward | false | true",
        "ip-masq | false | true",
        "userland-proxy | true | false",
        "experimental | true | false",
        "selinux-enabled | true | false",
        "icc | false | true",
        "icc | 'true' | true",
        "exec-opts | ['native.cgroupdriver=systemd'] | [\"native.cgroupdriver=cgroupfs\"]",
        "exec-opts | [] | [\"native.cgroupdriver=cgroupfs\"]",
        "features | {'buildkit':true} | {\"buildkit\":false}",
        "features | {} | {\"buildkit\":false}",
      })
  void whatCannotBeOtherwiseIsRefused(String key, String value, String only) {
    Unsupported refused =
        assertThrows(Unsupported.class, () -> read("{'" + key + "':" + value + "}"));
    assertEquals(key + " can only be " + only + " in jdocker", refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "storage-driver | 'overlay2'",
        "live-restore | true",
        "iptables | true",
        "ip-forward | true",
        "ip-masq | true",
        "userland-proxy | false",
        "experimental | false",
        "selinux-enabled | false",
        "icc | true",
        "exec-opts | ['native.cgroupdriver=cgroupfs']",
        "features | {'buildkit':false}",
      })
  void whatIsSoAnywayMayBeSaidAndChangesNothing(String key, String value) throws IOException {
    Directives set = read("{'" + key + "':" + value + "}");
    for (Directive each : Directive.values()) {
      assertEquals(List.of(), set.all(each), each.name());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allow-direct-routing",
        "api-cors-header",
        "authorization-plugins",
        "bridge",
        "builder",
        "containerd",
        "cpu-rt-period",
        "cpu-rt-runtime",
        "data-root",
        "default-cgroupns-mode",
        "default-gateway",
        "default-ipc-mode",
        "default-network-opts",
        "default-runtime",
        "default-ulimits",
        "dns",
        "dns-opts",
        "dns-search",
        "exec-root",
        "fixed-cidr",
        "fixed-cidr-v6",
        "group",
        "host-gateway-ips",
        "http-proxy",
        "https-proxy",
        "ip6tables",
        "ipv6",
        "max-concurrent-downloads",
        "max-concurrent-uploads",
        "mtu",
        "no-new-privileges",
        "no-proxy",
        "oom-score-adjust",
        "pidfile",
        "proxies",
        "runtimes",
        "seccomp-profile",
        "shutdown-timeout",
        "storage-opts",
        "userland-proxy-path",
      })
  void whatDockerHasBesideIsUnsupportedWhateverItsValue(String key) {
    for (String value : List.of("null", "true", "'x'", "{}", "[]")) {
      Unsupported refused =
          assertThrows(Unsupported.class, () -> read("{'" + key + "':" + value + "}"));
      assertEquals(
          "the directive " + key + " is not supported by this version of jdocker",
          refused.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{debug:true}",
        "{\"debug\":true,}",
        "{\"debug\" = true}",
        "{\"debug\":true;}",
        "{\"debug\":True}",
        "{\"debug\":true} {}",
        "{\"debug\":true} x",
        "# off\n{\"debug\":true}",
        "// off\n{\"debug\":true}",
        "{\"debug\":true /* why not */}",
        "{\"debug\":true",
        "\"debug",
        "{\"bip\":\"a\nb\"}",
      })
  void whatIsNotQuiteJsonIsRefusedAsDockerDoes(String text) throws IOException {
    Files.writeString(file(), text);
    String message =
        assertThrows(InvalidArgument.class, () -> new ConfigFile(file()).read(true)).getMessage();
    assertTrue(message.startsWith("it is not JSON: "), message);
    assertEquals(1, message.lines().count(), message);
    assertFalse(message.contains("JsonReader"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "true", "null", "\"debug\"", "[{\"debug\":true}]"})
  void whatIsNoObjectIsRefused(String text) {
    assertEquals("it is not a JSON object", refusal(text));
  }

  @Test
  void aFileNestedWithoutEndIsRefused() throws IOException {
    Files.writeString(file(), "{\"log-opts\":" + "[".repeat(20_000));
    assertThrows(EngineException.class, () -> new ConfigFile(file()).read(true));
    Files.writeString(file(), "[".repeat(20_000) + "]".repeat(20_000));
    assertThrows(EngineException.class, () -> new ConfigFile(file()).read(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r\n", "{}", " { } "})
  void anEmptyFileHasNoSettings(String text) throws IOException {
    Directives set = read(text);
    for (Directive each : Directive.values()) {
      assertEquals(List.of(), set.all(each), each.name());
    }
  }

  @Test
  void aFolderOrBytesThatAreNoTextAreNamed() throws IOException {
    Files.createDirectory(file());
    String folderRefused =
        assertThrows(InvalidArgument.class, () -> new ConfigFile(file()).read(false)).getMessage();
    assertTrue(folderRefused.startsWith("cannot read " + file() + ": "), folderRefused);
    Files.delete(file());
    Files.write(file(), new byte[] {'{', (byte) 0xc3, '}'});
    String noText =
        assertThrows(InvalidArgument.class, () -> new ConfigFile(file()).read(true)).getMessage();
    assertTrue(noText.startsWith("cannot read " + file() + ": "), noText);
  }

  @Test
  void aMissingFileIsEmptyUnlessItWasNamed() {
    Directives none = new ConfigFile(folder.resolve("no")).read(false);
    assertEquals(List.of(), none.all(Directive.LABEL));
    assertEquals(
        "open " + folder.resolve("no") + ": no such file or directory",
        assertThrows(InvalidArgument.class, () -> new ConfigFile(folder.resolve("no")).read(true))
            .getMessage());
  }

  @Test
  void textIsUtf8() throws IOException {
    Files.write(file(), "{\"labels\":[\"a=\u00e9\u20ac\"]}".getBytes(StandardCharsets.UTF_8));
    assertEquals(List.of("a=\u00e9\u20ac"), new ConfigFile(file()).read(true).all(Directive.LABEL));
  }

  @Test
  void aKeyTwiceIsTheLastOne() throws IOException {
    assertEquals("b", read("{'bip':'a','bip':'b'}").one(Directive.BIP).orElseThrow());
  }
}
