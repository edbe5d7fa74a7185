package io.jdocker.daemon.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.network.Cidr;
import io.jdocker.network.NetworkOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

/** Flags, daemon.json, and both together. */
class DaemonOptionsTest {
  @TempDir Path folder;

  private DaemonOptions options(String json, String... flags) throws IOException {
    Files.writeString(folder.resolve("daemon.json"), json.replace('\'', '"'));
    List<String> all = new ArrayList<>(List.of("--root", folder.toString()));
    all.addAll(List.of(flags));
    return DaemonOptions.parse(all);
  }

  private String refusal(String json, String... flags) {
    return assertThrows(EngineException.class, () -> options(json, flags)).getMessage();
  }

  private String ofFile(String reason) {
    return "unable to configure the jdocker daemon with file "
        + folder.resolve("daemon.json")
        + ": "
        + reason;
  }

  @Test
  void everyKeyIsItsFlag() throws IOException {
    DaemonOptions byFile =
        options(
            "{'bip':'10.1.0.1/16','cgroup-parent':'/own','debug':true,'log-format':'json',"
                + "'labels':['a=b','c=d'],'metrics-addr':'127.0.0.1:9323',"
                + "'registry-mirrors':['http://m:5000'],'insecure-registries':['r:5000'],"
                + "'default-address-pools':[{'base':'10.2.0.0/16','size':24}],"
                + "'log-driver':'local','log-opts':{'max-size':'1m'},'default-shm-size':'128m',"
                + "'init':true,'hosts':['unix:///x/y','tcp://127.0.0.1:99'],'tls':false}");
    DaemonOptions byFlags =
        options(
            "{}",
            "--bip=10.1.0.1/16",
            "--cgroup-parent",
            "/own",
            "--debug",
            "--log-format=json",
            "--label=a=b",
            "--label",
            "c=d",
            "--metrics-addr=127.0.0.1:9323",
            "--registry-mirror=http://m:5000",
            "--insecure-registry=r:5000",
            "--default-address-pool=base=10.2.0.0/16,size=24",
            "--log-driver=local",
            "--log-opt=max-size=1m",
            "--default-shm-size=128m",
            "--init",
            "-H",
            "unix:///x/y",
            "--host=tcp://127.0.0.1:99",
            "--tls=false");
    assertEquals(byFlags, byFile);
    assertEquals(new LogOptions(Level.FINE, true), byFile.log());
    assertEquals(List.of("a=b", "c=d"), byFile.changeable().labels());
    assertEquals(List.of(URI.create("http://m:5000")), byFile.changeable().registries().mirrors());
    assertEquals(
        new ContainerDefaults("local", Map.of("max-size", "1m"), 128 << 20, true),
        byFile.changeable().containers());
    assertEquals(List.of(new NetworkOptions.Pool(Cidr.of("10.2.0.0/16"), 24)), byFile.pools());
    assertEquals(
        Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9323)),
        byFile.metrics());
    assertEquals(1, byFile.notices().size(), "an open port is worth a warning");
  }

  @Test
  void withoutAnythingThereIsTheSocketOfTheRoot() throws IOException {
    DaemonOptions options = options("");
    assertEquals(List.of(new ListenAddress.Unix(folder.resolve("jdocker.sock"))), options.hosts());
    assertEquals(new LogOptions(Level.INFO, false), options.log());
    assertEquals(ContainerDefaults.STANDARD, options.changeable().containers());
    assertEquals(List.of(), options.notices());
  }

  @Test
  void anUnknownKeyIsRefusedInDockersWords() {
    assertEquals(
        ofFile("the following directives don't match any configuration option: foo, zoo"),
        refusal("{'zoo':1,'debug':true,'foo':{}}"));
  }

  @Test
  void aSettingInBothPlacesIsRefusedInDockersWords() throws IOException {
    assertEquals(
        ofFile(
            "the following directives are specified both as a flag and in the configuration file:"
                + " labels: (from flag: [a=b], from file: [c=d e=f]), bip: (from flag:"
                + " 10.0.0.1/24, from file: 10.1.0.1/24)"),
        refusal(
            "{'bip':'10.1.0.1/24','labels':['c=d','e=f']}", "--label=a=b", "--bip=10.0.0.1/24"));
    DaemonOptions joined =
        options("{'insecure-registries':['a']}", "--insecure-registry=b", "--debug=false");
    assertEquals(List.of("a", "b"), joined.changeable().registries().insecure());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | it is not a JSON object",
        "{'debug':'yes'} | cannot unmarshal \"yes\" into field debug of type bool",
        "{'labels':'a=b'} | cannot unmarshal \"a=b\" into field labels of type []string",
        "{'labels':[1]} | cannot unmarshal 1 into field labels of type string",
        "{'log-opts':[]} | cannot unmarshal [] into field log-opts of type map[string]string",
        "{'bip':null} | cannot unmarshal null into field bip of type string",
        "{'storage-driver':'zfs'} | storage-driver can only be \"overlay2\" in jdocker",
        "{'dns':['1.1.1.1']} | the directive dns is not supported by this version of jdocker",
      })
  void whatIsWrongInTheFileIsNamed(String json, String reason) {
    assertEquals(ofFile(reason), refusal(json));
  }

  @Test
  void whatIsNoJsonIsSaid() {
    assertTrue(refusal("{'debug':").startsWith(ofFile("it is not JSON: ")));
  }

  @Test
  void whatDockerHasAndWeHaveNotIsUnsupported() {
    assertThrows(Unsupported.class, () -> options("{'default-ulimits':{}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'storage-driver':'overlay2'}",
        "{'live-restore':true,'iptables':true}",
        "{'exec-opts':['native.cgroupdriver=cgroupfs']}",
        "{'userland-proxy':false,'features':{'buildkit':false}}",
      })
  void whatIsSoAnywayMayBeSaid(String json) throws IOException {
    assertEquals(options("{}"), options(json));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nosuch=1 | unknown flag: --nosuch",
        "--bip | flag needs an argument: --bip",
        "word | unknown argument: word",
        "--log-format=xml | invalid log format: xml",
        "--log-level=loud | unknown log level \"loud\": choose debug, info, warn or error",
        "--label=x | bad attribute format: x",
        "--log-opt=x | invalid log-opt \"x\": write name=value",
        "--log-driver=syslog | logger: no log driver named 'syslog' is registered: choose json-file,"
            + " local, none",
        "--default-shm-size=big | invalid size: 'big'",
        "--debug=maybe | invalid argument \"maybe\" for \"--debug\" flag: strconv.ParseBool: parsing"
            + " \"maybe\": invalid syntax",
        "--default-address-pool=base=10.0.0.0/24,size=16 | invalid default address pool"
            + " \"base=10.0.0.0/24,size=16\": write base=10.10.0.0/16,size=24",
        "--default-address-pool=x | invalid default address pool \"x\": write"
            + " base=10.10.0.0/16,size=24",
        "--registry-mirror=ftp://x | invalid mirror: \"ftp://x\" is not http:// or https:// and a"
            + " host",
        "--tlsverify | TLS needs --tlscacert and its file",
        "--tls | TLS needs --tlscert and its file",
      })
  void whatIsWrongWithAFlagIsNamed(String flag, String reason) {
    assertEquals(reason, refusal("{}", flag));
  }

  @Test
  void tcpWithoutTlsMustBeAskedForInSoManyWords() throws IOException {
    assertTrue(refusal("{}", "-H", "tcp://127.0.0.1:1").contains("or --tls=false to have it so"));
    assertFalse(options("{}", "-H", "tcp://127.0.0.1:1", "--tls=false").tls().files().isPresent());
    DaemonOptions secret =
        options(
            "{'hosts':['tcp://127.0.0.1']}",
            "--tlsverify",
            "--tlscacert=/ca",
            "--tlscert=/c",
            "--tlskey=/k");
    assertEquals(
        List.of(
            new ListenAddress.Tcp(new InetSocketAddress(InetAddress.getLoopbackAddress(), 2376))),
        secret.hosts());
    assertTrue(secret.tls().verified());
    assertEquals(List.of(), secret.notices());
  }

  @Test
  void aFileThatIsNamedMustBeThere() throws IOException {
    String missing = folder.resolve("nosuch").toString();
    assertTrue(refusal("{}", "--config-file", missing).endsWith("no such file or directory"));
    Path other = Files.writeString(folder.resolve("other"), "{\"labels\":[\"a=b\"]}");
    assertEquals(
        List.of("a=b"), options("{'nosuch':1}", "--config-file=" + other).changeable().labels());
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///a/b, Unix[path=/a/b]",
    "fd://, Inherited[]",
    "tcp://127.0.0.1:1, Tcp[address=/127.0.0.1:1]",
    "tcp://127.0.0.1, Tcp[address=/127.0.0.1:2375]",
    "tcp://[::1]:5, 'Tcp[address=/[0:0:0:0:0:0:0:1]:5]'",
    "tcp://:7, 'Tcp[address=0.0.0.0/0.0.0.0:7]'",
  })
  void addressesOfEachKind(String text, String expected) {
    assertEquals(expected, ListenAddress.parse(text, 2375).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unix://relative",
        "tcp://127.0.0.1:x",
        "tcp://127.0.0.1:99999",
        "http://x",
        "",
        "fd://3"
      })
  void addressesOfNoKind(String text) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> ListenAddress.parse(text, 2375));
    assertTrue(refused.getMessage().startsWith("invalid bind address (" + text + "): "));
  }

  @ParameterizedTest
  @CsvSource({"'', local, 1", "local, local, 1", "json-file, json-file, 0", "none, none, 0"})
  void theDefaultsOptionsAreOfItsDriverAlone(String chosen, String driver, int options) {
    ContainerDefaults defaults = new ContainerDefaults("local", Map.of("max-size", "1m"), 0, false);
    assertEquals(driver, defaults.logDriver(chosen));
    assertEquals(options, defaults.logOptions(driver, Map.of()).size());
    assertEquals("9", defaults.logOptions(driver, Map.of("max-size", "9")).get("max-size"));
  }
}
