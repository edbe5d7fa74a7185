package io.jdocker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.http.ClientTls;
import io.jdocker.cli.option.UsageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which engine is meant, and how it is reached. */
class GlobalOptionsTest {
  private static GlobalOptions options(String line, String variables) {
    Map<String, String> environment = new LinkedHashMap<>(Map.of("HOME", "/home/u"));
    for (String variable : variables.split(" ", -1)) {
      if (!variable.isEmpty()) {
        String[] pair = variable.split("=", 2);
        environment.put(pair[0], pair[1]);
      }
    }
    return GlobalOptions.parse(List.of(line.split(" ", -1)), environment);
  }

  @ParameterizedTest
  @CsvSource({
    "ps, '', unix:///var/lib/jdocker/jdocker.sock, false",
    "--root /r ps, '', unix:///r/jdocker.sock, false",
    "ps, JDOCKER_ROOT=/r, unix:///r/jdocker.sock, false",
    "ps, DOCKER_HOST=tcp://d:1, tcp://d:1, true",
    "ps, DOCKER_HOST=tcp://d:1 JDOCKER_HOST=tcp://j:2, tcp://j:2, true",
    "-H tcp://h:3 ps, DOCKER_HOST=tcp://d:1 JDOCKER_HOST=tcp://j:2, tcp://h:3, true",
    "--host=tcp://h:3 ps, JDOCKER_ROOT=/r, tcp://h:3, true",
    "--root /r ps, JDOCKER_HOST=tcp://j:2, unix:///r/jdocker.sock, false",
    "ps, JDOCKER_ROOT=/r DOCKER_HOST=tcp://d:1, unix:///r/jdocker.sock, false",
    "ps, DOCKER_HOST=, unix:///var/lib/jdocker/jdocker.sock, false",
  })
  void theEngineThatIsMeant(String line, String variables, String host, boolean given) {
    GlobalOptions options = options(line, variables);
    assertEquals(host, options.host());
    assertEquals(given, options.isHostGiven());
    assertEquals(List.of("ps"), options.words());
  }

  @ParameterizedTest
  @CsvSource({
    "ps, '', false, false",
    "--tls ps, '', true, false",
    "--tlsverify ps, '', true, true",
    "--tlsverify=false ps, DOCKER_TLS_VERIFY=1, true, false",
    "--tls=false ps, '', false, false",
    "ps, DOCKER_TLS_VERIFY=1, true, true",
    "ps, DOCKER_TLS_VERIFY=0, true, true",
    "ps, DOCKER_TLS_VERIFY=, false, false",
    "ps, DOCKER_TLS=1, true, false",
  })
  void whetherTlsIsMeant(String line, String variables, boolean enabled, boolean verified) {
    ClientTls tls = options(line, variables).tls();
    assertEquals(enabled, tls.enabled());
    assertEquals(verified, tls.verified());
  }

  @Test
  void itsFiles() {
    ClientTls usual = options("ps", "").tls();
    assertEquals(Path.of("/home/u/.docker/ca.pem"), usual.authority());
    ClientTls chosen = options("--tlscert /c --tlskey=/k ps", "DOCKER_CERT_PATH=/certs").tls();
    assertEquals(Path.of("/certs/ca.pem"), chosen.authority());
    assertEquals(Path.of("/c"), chosen.certificate());
    assertEquals(Path.of("/k"), chosen.key());
    assertFalse(chosen.enabled(), "files alone do not mean TLS, as with docker");
  }

  @Test
  void aFlagWithoutItsValueIsAMistake() {
    UsageException refused = assertThrows(UsageException.class, () -> options("--tlscacert", ""));
    assertTrue(refused.getMessage().contains("flag needs an argument: --tlscacert"));
  }
}
