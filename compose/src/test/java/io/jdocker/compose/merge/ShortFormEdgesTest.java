package io.jdocker.compose.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.YamlReader;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Short forms at their edges: ends of ranges, home folders, empty values, wrong kinds. */
class ShortFormEdgesTest {
  private static String canonical(String key, String yaml) {
    Mapping service = YamlReader.read("f.yaml", key + ": " + yaml).get(0);
    Mapping done = new Canonical(Path.of("/base/dir")).service(service, "services.app");
    return DocumentText.json(done.find(key).orElseThrow()).replace("\"", "");
  }

  private static String refused(String key, String yaml) {
    return assertThrows(InvalidArgument.class, () -> canonical(key, yaml)).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          65535                | {mode:ingress,protocol:tcp,target:65535}
          80/sctp              | {mode:ingress,protocol:sctp,target:80}
          0.0.0.0:1:2          | {host_ip:0.0.0.0,mode:ingress,protocol:tcp,published:1,target:2}
          "[fe80::1]::2/udp"   | {host_ip:fe80::1,mode:ingress,protocol:udp,target:2}
          1-2:80               | {mode:ingress,protocol:tcp,published:1-2,target:80}
          5-5:7-7              | {mode:ingress,protocol:tcp,published:5,target:7}
          """)
  void ports(String yaml, String expected) {
    assertEquals("[" + expected + "]", canonical("ports", "[" + yaml + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          65536         | invalid containerPort: 65536
          -1            | invalid containerPort: -1
          +80           | invalid containerPort: +80
          80-           | invalid containerPort: 80-
          1-2-3         | invalid containerPort: 1-2-3
          8.5           | invalid containerPort: 8.5
          80/TCP        | invalid proto: TCP
          80/           | invalid proto:
          99999:80      | invalid hostPort: 99999
          x:80          | invalid hostPort: x
          """)
  void whatIsNoPort(String yaml, String message) {
    assertEquals(
        "validating f.yaml:1:9: services.app.ports.0 " + message,
        refused("ports", "[" + yaml + "]").strip());
  }

  @Test
  void theSecondPortIsNamedAsTheSecond() {
    assertEquals(
        "validating f.yaml:1:13: services.app.ports.1 invalid containerPort: x",
        refused("ports", "[80, x]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cached", "delegated", "consistent", "rw"})
  void modesWithoutAMeaningHere(String mode) {
    assertEquals(
        "[{bind:{create_host_path:true},source:/a,target:/b,type:bind}]",
        canonical("volumes", "['/a:/b:" + mode + "']"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"private", "rprivate", "shared", "rshared", "slave", "rslave"})
  void propagations(String mode) {
    assertEquals(
        "[{bind:{create_host_path:true,propagation:"
            + mode
            + "},read_only:true,source:/a,target:/b,type:bind}]",
        canonical("volumes", "['/a:/b:ro," + mode + "']"));
  }

  @Test
  void aHomeFolderIsTheCallers() {
    String home = System.getProperty("user.home");
    assertEquals(
        "[{bind:{create_host_path:true},source:" + home + "/x,target:/b,type:bind}]",
        canonical("volumes", "['~/x:/b']"));
    assertEquals(
        "[{bind:{create_host_path:true},source:/base/dir/~x,target:/b,type:bind}]",
        canonical("volumes", "['~x:/b']"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          .             | /base/dir
          ..            | /base
          ./a/../b      | /base/dir/b
          ../../../x    | /x
          /abs/./y      | /abs/y
          """)
  void pathsOfTheHost(String source, String absolute) {
    assertEquals(
        "[{bind:{create_host_path:true},source:" + absolute + ",target:/b,type:bind}]",
        canonical("volumes", "['" + source + ":/b']"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          environment | []                    | {}
          environment | [A=, A=2]             | {A:2}
          environment | ["A=b c"]             | {A:b c}
          environment | ["=x"]                | {:x}
          labels      | ["a=b=c"]             | {a:b=c}
          sysctls     | [net.x=1]             | {net.x:1}
          annotations | [a=b]                 | {a:b}
          storage_opt | [size=1g]             | {size:1g}
          expose      | 80                    | [80]
          security_opt| a:b                   | [a:b]
          dns_search  | example.org           | [example.org]
          networks    | []                    | {}
          build       | {context: ~}          | {context:/base/dir}
          build       | ../up                 | {context:/base/up}
          build       | {context: git://h/r}  | {context:git://h/r}
          healthcheck | {disable: true}       | {disable:true}
          healthcheck | {test: [NONE]}        | {test:[NONE]}
          configs     | [a]                   | [{source:a}]
          env_file    | [{path: ../x.env}]    | [{path:/base/x.env}]
          """)
  void otherForms(String key, String yaml, String expected) {
    assertEquals(expected, canonical(key, yaml));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          environment | [{a: b}]    | 1:15: services.app.environment.0 must be a string
          environment | [A=1, ~]    | 1:20: services.app.environment.1 must be a string
          labels      | [[a]]       | 1:10: services.app.labels.0 must be a string
          depends_on  | [{a: b}]    | 1:14: depends_on must be a list of names
          networks    | [~]         | 1:12: networks must be a list of names
          """)
  void wrongKinds(String key, String yaml, String message) {
    assertEquals("validating f.yaml:" + message, refused(key, yaml));
  }
}
