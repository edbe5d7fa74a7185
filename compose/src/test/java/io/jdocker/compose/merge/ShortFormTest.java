package io.jdocker.compose.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.yaml.DocumentText;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.YamlReader;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each short form and the long one that it stands for. */
class ShortFormTest {
  private static String canonical(String key, String yaml) {
    Mapping service = YamlReader.read("f.yaml", key + ": " + yaml).get(0);
    Mapping done = new Canonical(Path.of("/base/dir")).service(service, "services.app");
    return DocumentText.json(done.find(key).orElseThrow()).replace("\"", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          80                       | [{mode:ingress,protocol:tcp,target:80}]
          "8080:80"                | [{mode:ingress,protocol:tcp,published:8080,target:80}]
          "8080:80/udp"            | [{mode:ingress,protocol:udp,published:8080,target:80}]
          "127.0.0.1:8080:80"      | [{host_ip:127.0.0.1,mode:ingress,protocol:tcp,published:8080,target:80}]
          "127.0.0.1::80"          | [{host_ip:127.0.0.1,mode:ingress,protocol:tcp,target:80}]
          "[::1]:8080:80"          | [{host_ip:::1,mode:ingress,protocol:tcp,published:8080,target:80}]
          "::1:8080:80"            | [{host_ip:::1,mode:ingress,protocol:tcp,published:8080,target:80}]
          "8000-9000:80"           | [{mode:ingress,protocol:tcp,published:8000-9000,target:80}]
          "7000-7001"              | [{mode:ingress,protocol:tcp,target:7000},{mode:ingress,protocol:tcp,target:7001}]
          "17-18:7-8"              | [{mode:ingress,protocol:tcp,published:17,target:7},{mode:ingress,protocol:tcp,published:18,target:8}]
          {target: 80}             | [{mode:ingress,protocol:tcp,target:80}]
          {target: 80, mode: host} | [{mode:host,protocol:tcp,target:80}]
          """)
  void ports(String yaml, String expected) {
    assertEquals(expected, canonical("ports", "[" + yaml + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x"               | invalid containerPort: x
          "80/icmp"         | invalid proto: icmp
          "70000:80"        | invalid hostPort: 70000
          "8080:"           | no port specified: 8080:
          "1-3:1-2"         | invalid ranges specified for container and host Ports: 1-3:1-2
          "5-4"             | invalid containerPort: 5-4
          "host:8080:80"    | invalid IP address: host
          "1.2.3:8080:80"   | invalid IP address: 1.2.3
          [80]              | must be a string or a mapping
          """)
  void portsThatAreNone(String yaml, String message) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> canonical("ports", "[" + yaml + "]"));
    assertEquals("validating f.yaml:1:9: services.app.ports.0 " + message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /data                  | [{target:/data,type:volume}]
          named:/data            | [{source:named,target:/data,type:volume}]
          named:/data:ro         | [{read_only:true,source:named,target:/data,type:volume}]
          named:/data:nocopy     | [{source:named,target:/data,type:volume,volume:{nocopy:true}}]
          ./sub:/data            | [{bind:{create_host_path:true},source:/base/dir/sub,target:/data,type:bind}]
          ../up:/data:rw         | [{bind:{create_host_path:true},source:/base/up,target:/data,type:bind}]
          "/abs:/data:ro,z"      | [{bind:{create_host_path:true,selinux:z},read_only:true,source:/abs,target:/data,type:bind}]
          /abs:/data:rslave      | [{bind:{create_host_path:true,propagation:rslave},source:/abs,target:/data,type:bind}]
          {type: bind, source: ./a, target: /b} | [{source:/base/dir/a,target:/b,type:bind}]
          """)
  void volumes(String yaml, String expected) {
    assertEquals(expected, canonical("volumes", "[" + yaml + "]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a:b:c:d       | invalid spec: a:b:c:d: too many colons
          a::b          | invalid spec: a::b: empty section between colons
          ":/b"         | invalid spec: :/b: empty section between colons
          a:/b:purple   | invalid mode "purple" in a:/b:purple
          """)
  void volumesThatAreNone(String yaml, String message) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> canonical("volumes", "[" + yaml + "]"));
    assertEquals("validating f.yaml:1:11: services.app.volumes.0 " + message, refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          environment | [A=1, B, "C=x=y", D=]      | {A:1,B:null,C:x=y,D:}
          labels      | [a=1, b]                   | {a:1,b:}
          depends_on  | [db]                       | {db:{condition:service_started,required:true}}
          networks    | [front, back]              | {back:null,front:null}
          build       | ./ctx                      | {context:/base/dir/ctx}
          build       | {args: [A=1, B]}           | {args:{A:1,B:null},context:/base/dir}
          build       | https://example.com/r.git  | {context:https://example.com/r.git}
          env_file    | a.env                      | [{path:/base/dir/a.env}]
          env_file    | [a.env, {path: /b, required: false}] | [{path:/base/dir/a.env},{path:/b,required:false}]
          extends     | other                      | {service:other}
          extends     | {file: f.yml, service: x}  | {file:/base/dir/f.yml,service:x}
          secrets     | [one, {source: two}]       | [{source:one},{source:two}]
          healthcheck | {test: exit 0}             | {test:[CMD-SHELL,exit 0]}
          dns         | 1.2.3.4                    | [1.2.3.4]
          tmpfs       | /run                       | [/run]
          extra_hosts | ["a:1.2.3.4", "b=::1"]     | {a:1.2.3.4,b:::1}
          extra_hosts | ["a:1.2.3.4", "a:1.2.3.5"] | {a:[1.2.3.4,1.2.3.5]}
          """)
  void otherForms(String key, String yaml, String expected) {
    assertEquals(expected, canonical(key, yaml));
  }
}
