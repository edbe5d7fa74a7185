package io.jdocker.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.registry.RegistryOptions;
import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What single settings may be: sizes, switches, levels, TLS files, pools, mirrors. */
class SettingValuesTest {
  @TempDir Path folder;

  private DaemonOptions options(String... flags) {
    List<String> all = new ArrayList<>(List.of("--root", folder.toString()));
    all.addAll(List.of(flags));
    return DaemonOptions.parse(all);
  }

  private String refusal(String... flags) {
    return assertThrows(InvalidArgument.class, () -> options(flags)).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1000, 1000",
    "64b, 64",
    "64k, 65536",
    "64K, 65536",
    "64kb, 65536",
    "64KiB, 65536",
    "64m, 67108864",
    "64MB, 67108864",
    "1g, 1073741824",
    "1GiB, 1073741824",
    "1t, 1099511627776",
    "8191p, 9222246136947933184",
  })
  void sizesInDockersUnits(String text, long bytes) {
    assertEquals(bytes, options("--default-shm-size=" + text).changeable().containers().shmSize());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "m",
        "-1",
        "1.5g",
        "1 g",
        "1x",
        "1mm",
        "0x10",
        "1e3",
        "b",
        "ib",
        "1ib",
        "9999999999999999999",
        "8192p",
        "999999999999p",
        "999999999999t",
        "9000000000g",
      })
  void sizesThatAreNone(String text) {
    assertEquals("invalid size: '" + text + "'", refusal("--default-shm-size=" + text));
  }

  @ParameterizedTest
  @CsvSource({
    "1, true", "t, true", "T, true", "true, true", "TRUE, true", "True, true",
    "0, false", "f, false", "F, false", "false, false", "FALSE, false", "False, false",
  })
  void switchesInGosWords(String text, boolean on) {
    assertEquals(on, options("--init=" + text).changeable().containers().init());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "no", "on", "2", "tRUE", " true"})
  void switchesThatAreNone(String text) {
    assertEquals(
        "invalid argument \""
            + text
            + "\" for \"--init\" flag: strconv.ParseBool: parsing \""
            + text
            + "\": invalid syntax",
        refusal("--init=" + text));
  }

  @ParameterizedTest
  @CsvSource({
    "debug, 500",
    "DEBUG, 500",
    "info, 800",
    "Info, 800",
    "warn, 900",
    "error, 1000",
    "fatal, 1000",
  })
  void levels(String text, int level) {
    assertEquals(level, options("--log-level", text).log().level().intValue());
  }

  @Test
  void debugIsMoreThanAnyLevel() {
    LogOptions log = options("--log-level=error", "--debug").log();
    assertEquals(Level.FINE, log.level());
    assertTrue(log.isDebug());
    assertEquals(false, options("--log-level=error", "--debug=false").log().isDebug());
  }

  @ParameterizedTest
  @CsvSource({
    "'--tls', --tlscert",
    "'--tls,--tlscert=/c', --tlskey",
    "'--tlsverify,--tlscert=/c,--tlskey=/k', --tlscacert",
    "'--tlsverify,--tlscacert=/a', --tlscert",
    "'--tlsverify,--tlscacert=/a,--tlscert=/c', --tlskey",
    "'--tls=false,--tlsverify,--tlscacert=/a,--tlskey=/k', --tlscert",
  })
  void tlsNeedsItsFiles(String flags, String missing) {
    assertEquals("TLS needs " + missing + " and its file", refusal(flags.split(",")));
  }

  @Test
  void tlsWithoutVerificationNeedsNoAuthority() {
    ServerTls tls = options("--tls", "--tlscert=/c", "--tlskey=/k", "--tlscacert=/a").tls();
    assertEquals(false, tls.verified());
    assertEquals(Optional.empty(), tls.files().orElseThrow().authority());
    assertEquals(Optional.of(Path.of("/c")), tls.files().orElseThrow().certificate());
  }

  @Test
  void filesAloneAreNoTls() {
    assertEquals(
        new ServerTls(Optional.empty(), false),
        options("--tlscacert=/a", "--tlscert=/c", "--tlskey=/k").tls());
    assertTrue(
        refusal("--tlscert=/c", "--tlskey=/k", "-H", "tcp://127.0.0.1:1")
            .startsWith("the API on TCP is root on this machine for whoever reaches it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base=10.0.0.0/16,size=15",
        "base=10.0.0.0/16,size=31",
        "base=10.0.0.0/16,size=",
        "base=10.0.0.0/16,size=-1",
        "base=10.0.0.0/16,size=024",
        "base=10.0.0.0/16",
        "size=24",
        "base=,size=24",
        "base=10.0.0.0,size=24",
        "base=10.0.0.0/33,size=33",
        "base=10.0.0.0/16,size=24,more=1",
        "base=10.0.0.0/16;size=24",
        "",
      })
  void poolsThatAreNone(String text) {
    assertEquals(
        "invalid default address pool \"" + text + "\": write base=10.10.0.0/16,size=24",
        refusal("--default-address-pool=" + text));
  }

  @ParameterizedTest
  @CsvSource({
    "'base=10.0.0.0/16,size=16', 16",
    "'size=30,base=10.0.0.0/16', 30",
    "'base=10.0.0.0/30,size=30', 30",
  })
  void poolsAtTheirEdges(String text, int size) {
    assertEquals(size, options("--default-address-pool", text).pools().get(0).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "//x", "file:///x", "https:///p", "http://a?b", "http://u@a"})
  void mirrorsThatAreNone(String text) {
    assertEquals(
        "invalid mirror: \"" + text + "\" is not http:// or https:// and a host",
        refusal("--registry-mirror=" + text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a b", "http://[x", "ht tp://x", "%", "http://"})
  void mirrorsThatAreNoAddress(String text) {
    assertEquals(
        "invalid mirror: \"" + text + "\" is no address", refusal("--registry-mirror=" + text));
  }

  @Test
  void mirrorsAddUpInOrder() {
    assertEquals(
        List.of(URI.create("http://a:5000"), URI.create("https://b/p")),
        options("--registry-mirror=http://a:5000", "--registry-mirror", "https://b/p")
            .changeable()
            .registries()
            .mirrors());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "=", "=v", "name"})
  void labelsAndOptionsNeedAName(String text) {
    assertEquals("bad attribute format: " + text, refusal("--label=" + text));
    assertEquals(
        "invalid log-opt \"" + text + "\": write name=value", refusal("--log-opt=" + text));
  }

  @Test
  void aValueMayHaveAnEqualsSign() {
    Changeable changeable = options("--label=a=b=c", "--log-opt=tag=x=y").changeable();
    assertEquals(List.of("a=b=c"), changeable.labels());
    assertEquals(Map.of("tag", "x=y"), changeable.containers().logOptions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"journald", "syslog", "gelf", "JSON-FILE", ""})
  void logDriversThatAreNone(String name) {
    assertEquals(
        "logger: no log driver named '" + name + "' is registered: choose json-file, local, none",
        refusal("--log-driver=" + name));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, '-1'",
    "127.0.0.1:, ''",
    "127.0.0.1:http, http",
    "127.0.0.1:65536, 65536",
    "127.0.0.1:000080, 000080",
    "[::1], '-1'",
  })
  void metricsNeedAPort(String text, String port) {
    assertEquals(
        "invalid bind address (" + text + "): \"" + port + "\" is no port",
        refusal("--metrics-addr=" + text));
  }

  @Test
  void theLastFlagOfOneValueCounts() {
    DaemonOptions options = options("--bip=10.0.0.1/24", "--bip", "10.0.1.1/24", "--init");
    assertEquals(Optional.of("10.0.1.1/24"), options.bip());
    assertEquals(Optional.empty(), options("--userns-remap=").users());
    assertEquals(Optional.of("default"), options("--userns-remap=default").users());
  }

  @Test
  void whatMayChangeIsTakenOverAndTheRestIsNot() {
    DaemonOptions first = options("--label=a=1", "--bip=10.0.0.1/24");
    DaemonOptions now = options("--label=a=2", "--bip=10.0.9.1/24", "--debug");
    DaemonOptions both = first.withChangeableOf(now);
    assertEquals(now.changeable(), both.changeable());
    assertEquals(now.log(), both.log());
    assertEquals(first.bip(), both.bip());
    assertNotEquals(now, both, "a restart is needed");
    DaemonOptions onlyLabels = options("--label=a=3", "--bip=10.0.0.1/24");
    assertEquals(onlyLabels, first.withChangeableOf(onlyLabels), "nothing else has changed");
  }

  @Test
  void liveSettingsAreReplacedAsAWhole() {
    LiveSettings live = LiveSettings.standard();
    assertEquals(List.of(), live.notices());
    assertEquals(ContainerDefaults.STANDARD, live.changeable().containers());
    DaemonOptions now = options("--label=a=2", "--log-driver=none", "--log-format=json");
    live.replace(now.changeable(), now.log());
    assertEquals(now.changeable(), live.changeable());
    assertEquals(new LogOptions(Level.INFO, true), live.log());
  }

  @Test
  void settingsKeepTheirOwnCopies() {
    List<String> labels = new ArrayList<>(List.of("a=1"));
    Changeable changeable =
        new Changeable(labels, RegistryOptions.standard(Map.of()), ContainerDefaults.STANDARD);
    labels.add("b=2");
    assertEquals(List.of("a=1"), changeable.labels());
  }

  @Test
  void aRootOfItsOwnHasItsOwnFile() throws IOException {
    Files.writeString(folder.resolve("daemon.json"), "{\"labels\":[\"own=1\"]}");
    assertEquals(List.of("own=1"), options().changeable().labels());
    assertEquals(folder, DaemonOptions.parse(List.of("--root=" + folder + "/x/..")).root());
  }
}
