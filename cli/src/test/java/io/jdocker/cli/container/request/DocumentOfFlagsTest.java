package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of flags on devices and limits, and their part of the request. */
class DocumentOfFlagsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /dev/a             | {PathOnHost:/dev/a,PathInContainer:/dev/a,CgroupPermissions:rwm}
          /dev/a:/dev/b      | {PathOnHost:/dev/a,PathInContainer:/dev/b,CgroupPermissions:rwm}
          /dev/a:r           | {PathOnHost:/dev/a,PathInContainer:/dev/a,CgroupPermissions:r}
          /dev/a:/dev/b:mw   | {PathOnHost:/dev/a,PathInContainer:/dev/b,CgroupPermissions:mw}
          """)
  void devices(String text, String expected) {
    assertEquals("[" + expected + "]", plain(DeviceSpec.devices(List.of(text))));
  }

  private static String plain(Object json) {
    return json.toString().replace("\"", "");
  }

  private static String refused(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(RuntimeException.class, call).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:b:c:d          | bad format for path: a:b:c:d
          :/dev/b          | bad format for path: :/dev/b
          /dev/a:/dev/b:rr | bad mode specified: rr
          /dev/a:/dev/b:x  | bad mode specified: x
          /dev/a:/dev/b:   | bad mode specified:
          /dev/a:dev/b     | dev/b is not an absolute path
          """)
  void whatIsNoDevice(String text, String message) {
    assertEquals(
        message,
        refused(() -> DeviceSpec.devices(List.of(text))).lines().findFirst().orElse("").strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a *:* rwm", "c 1:3 r", "b 8:* mw"})
  void deviceRules(String text) {
    assertEquals(List.of(text), DeviceSpec.rules(List.of(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c", "x 1:3 r", "c 1 r", "c 1:3", "c 1:3 x", "c 1:3  r", "c -1:3 r"})
  void whatIsNoDeviceRule(String text) {
    String message = refused(() -> DeviceSpec.rules(List.of(text)));
    assertTrue(message.contains("invalid device cgroup format '" + text + "'"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nofile=5      | {Name:nofile,Hard:5,Soft:5}
          nofile=5:9    | {Name:nofile,Hard:9,Soft:5}
          core=-1       | {Name:core,Hard:-1,Soft:-1}
          core=0:-1     | {Name:core,Hard:-1,Soft:0}
          core=5:5      | {Name:core,Hard:5,Soft:5}
          """)
  void ulimits(String text, String expected) {
    assertEquals("[" + expected + "]", plain(UlimitSpec.parse(List.of(text))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nofile        | invalid ulimit argument: nofile
          files=5       | invalid ulimit type: files
          nofile=1:2:3  | too many limit value arguments - 1:2:3, can only have up to two, `soft[:hard]`
          nofile=9:5    | ulimit soft limit must be less than or equal to hard limit: 9 > 5
          nofile=-1:5   | ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: 5
          nofile=x      | strconv.ParseInt: parsing "x": invalid syntax
          nofile=5:     | strconv.ParseInt: parsing "": invalid syntax
          """)
  void whatIsNoUlimit(String text, String message) {
    String refused = refused(() -> UlimitSpec.parse(List.of(text)));
    assertTrue(refused.contains(message), refused);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all                    | {Driver:,Count:-1,DeviceIDs:null,Capabilities:[[gpu]],Options:{}}
          2                      | {Driver:,Count:2,DeviceIDs:null,Capabilities:[[gpu]],Options:{}}
          count=all,driver=nvidia| {Driver:nvidia,Count:-1,DeviceIDs:null,Capabilities:[[gpu]],Options:{}}
          device=0               | {Driver:,Count:0,DeviceIDs:[0],Capabilities:[[gpu]],Options:{}}
          capabilities=utility   | {Driver:,Count:1,DeviceIDs:null,Capabilities:[[utility,gpu]],Options:{}}
          """)
  void gpus(String text, String expected) {
    assertEquals("[" + expected + "]", plain(GpuSpec.parse(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          many        | invalid count (many): value must be either "all" or an integer: invalid syntax
          1,2         | gpu request key 'count' can be specified only once
          driver=a,driver=b | gpu request key 'driver' can be specified only once
          speed=9     | unexpected key 'speed' in 'speed=9'
          """)
  void whatIsNoGpu(String text, String message) {
    String refused = refused(() -> GpuSpec.parse(text));
    assertTrue(refused.contains(message), refused);
  }

  @ParameterizedTest
  @CsvSource({
    "no, '{Name:no}'",
    "always, '{Name:always}'",
    "on-failure, '{Name:on-failure}'",
    "on-failure:3, '{Name:on-failure,MaximumRetryCount:3}'",
    "sometimes:5, '{Name:sometimes,MaximumRetryCount:5}'"
  })
  void restartPolicies(String text, String expected) {
    assertEquals(expected, plain(RestartPolicySpec.parse(text)));
  }

  @ParameterizedTest
  @CsvSource({
    ":3, no policy provided before colon",
    "on-failure:x, maximum retry count must be an integer",
    "on-failure:1:2, maximum retry count must be an integer"
  })
  void whatIsNoRestartPolicy(String text, String message) {
    assertEquals(
        "invalid restart policy format: " + message, refused(() -> RestartPolicySpec.parse(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a:1.2.3.4        | a:1.2.3.4
          a=1.2.3.4        | a:1.2.3.4
          a:::1            | a:::1
          a:[::1]          | a:::1
          a=host-gateway   | a:host-gateway
          """)
  void extraHosts(String text, String expected) {
    assertEquals(expected, ValueRules.extraHost(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alone       | bad format for add-host: "alone"
          :1.2.3.4    | bad format for add-host: ":1.2.3.4"
          a:1.2.3     | invalid IP address in add-host: "1.2.3"
          a:1.2.3.256 | invalid IP address in add-host: "1.2.3.256"
          a:b         | invalid IP address in add-host: "b"
          """)
  void whatIsNoExtraHost(String text, String message) {
    String refused = refused(() -> ValueRules.extraHost(text));
    assertTrue(refused.contains(message), refused);
  }

  @ParameterizedTest
  @CsvSource({"/dev/sda:10, 10", "/dev/sda:1000, 1000", "/dev/sda:200, 200"})
  void weights(String text, int weight) {
    assertEquals(
        "[{Path:/dev/sda,Weight:" + weight + "}]", plain(BlockIoSpec.weights(List.of(text))));
  }

  @ParameterizedTest
  @CsvSource({
    "/dev/sda:9, invalid weight for device: /dev/sda:9",
    "/dev/sda:1001, invalid weight for device: /dev/sda:1001",
    "/dev/sda:x, invalid weight for device: /dev/sda:x",
    "/dev/sda, bad format: /dev/sda",
    "sda:10, bad format for device path: sda:10"
  })
  void whatIsNoWeight(String text, String message) {
    String refused = refused(() -> BlockIoSpec.weights(List.of(text)));
    assertTrue(refused.contains(message), refused);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel.msgmax=1", "net.ipv4.ip_forward=1", "fs.mqueue.msg_max=5"})
  void settingsOfNamespaces(String text) {
    assertEquals(
        java.util.Map.of(
            text.substring(0, text.indexOf('=')), text.substring(text.indexOf('=') + 1)),
        SysctlSpec.parse(List.of(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"kernel.hostname=x", "vm.swappiness=1", "net", "=1", "fs.file-max=2"})
  void settingsOfTheHost(String text) {
    String refused = refused(() -> SysctlSpec.parse(List.of(text)));
    assertTrue(refused.contains("sysctl '" + text + "' is not allowed"), refused);
  }
}
