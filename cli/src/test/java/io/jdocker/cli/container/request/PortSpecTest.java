package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of {@code -p} and {@code --expose}. */
class PortSpecTest {
  /** {@code ip hostPort container}, a dot for what is empty. */
  private static String parsed(String text) {
    List<String> all = new ArrayList<>();
    for (PortSpec spec : PortSpec.parse(text)) {
      all.add(
          (spec.hostIp().isEmpty() ? "." : spec.hostIp())
              + " "
              + (spec.hostPort().isEmpty() ? "." : spec.hostPort())
              + " "
              + spec.port());
    }
    return String.join(";", all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          80                            | . . 80/tcp
          80/udp                        | . . 80/udp
          80/UDP                        | . . 80/udp
          80/                           | . . 80/tcp
          8080:80                       | . 8080 80/tcp
          :80                           | . . 80/tcp
          0:80                          | . 0 80/tcp
          65535:65535/sctp              | . 65535 65535/sctp
          1.2.3.4:8080:80               | 1.2.3.4 8080 80/tcp
          1.2.3.4::80                   | 1.2.3.4 . 80/tcp
          [::1]:8080:80                 | ::1 8080 80/tcp
          [fe80::1]::80/udp             | fe80::1 . 80/udp
          ::1:8080:80                   | ::1 8080 80/tcp
          8000-8002:80                  | . 8000-8002 80/tcp
          8000-8001:80-81               | . 8000 80/tcp;. 8001 81/tcp
          80-81                         | . . 80/tcp;. . 81/tcp
          80-80                         | . . 80/tcp
          1.2.3.4:5-6:7-8/udp           | 1.2.3.4 5 7/udp;1.2.3.4 6 8/udp
          target=80                     | . . 80/tcp
          target=80,published=8080      | . 8080 80/tcp
          published=8080,target=80,protocol=udp,mode=host | . 8080 80/udp
          published=1-2,target=80       | . 1-2 80/tcp
          target=80,published           | . . 80/tcp
          """)
  void forms(String text, String expected) {
    assertEquals(expected, parsed(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                    | no port specified: <empty>
          8080:                 | no port specified: 8080:<empty>
          /udp                  | no port specified: /udp<empty>
          x                     | invalid containerPort: x
          -1                    | invalid containerPort: -1
          65536                 | invalid containerPort: 65536
          99999999999           | invalid containerPort: 99999999999
          +80                   | invalid containerPort: +80
          80-                   | invalid containerPort: 80-
          9-8                   | invalid containerPort: 9-8
          +8080:80              | invalid hostPort: +8080
          8080-:80              | invalid hostPort: 8080-
          1-2:80-82             | invalid ranges specified for container and host Ports: 80-82 and 1-2
          80/icmp               | invalid proto: icmp
          host:8080:80          | invalid IP address: host
          1.2.3:8080:80         | invalid IP address: 1.2.3
          target=80,name=x      | invalid field name=x
          published=8080        | no port specified: 8080:/tcp<empty>
          """)
  void whatIsNone(String text, String message) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> PortSpec.parse(text));
    assertEquals(message, refused.getMessage().lines().findFirst().orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "80, 80/tcp",
    "80/udp, 80/udp",
    "80-82, 80/tcp 81/tcp 82/tcp",
    "65534-65535/sctp, 65534/sctp 65535/sctp"
  })
  void exposed(String text, String expected) {
    assertEquals(expected, String.join(" ", PortSpec.exposed(text)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1:2   | invalid port format for --expose: 1:2
          3-2   | invalid range format for --expose: 3-2, error: invalid range specified for port: 3-2
          x     | invalid range format for --expose: x, error: strconv.ParseUint: parsing "x": invalid syntax
          +5    | invalid range format for --expose: +5, error: strconv.ParseUint: parsing "+5": invalid syntax
          """)
  void whatCannotBeExposed(String text, String message) {
    RuntimeException refused = assertThrows(RuntimeException.class, () -> PortSpec.exposed(text));
    assertEquals(message, refused.getMessage().lines().findFirst().orElse(""));
  }
}
