package io.jdocker.cli.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ps}: as docker 28 prints the same answers. */
class ContainerListTest {
  private static final String ID =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    long anHourAgo = Instant.now().getEpochSecond() - 3700;
    engine.answer(
        "GET /containers/json",
        "[{\"Id\":\""
            + ID
            + "\",\"Names\":[\"/web\",\"/other/alias\"],\"Image\":\"bb:1\","
            + "\"Command\":\"sleep 100000 and more words\",\"Created\":"
            + anHourAgo
            + ",\"Ports\":[{\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":8080,"
            + "\"Type\":\"tcp\"}],\"Labels\":{\"b\":\"2\",\"a\":\"1\"},\"State\":\"running\","
            + "\"Status\":\"Up About an hour\",\"SizeRw\":1500,\"SizeRootFs\":2000000,"
            + "\"Mounts\":[{\"Type\":\"volume\",\"Name\":\"a-very-long-volume-name\","
            + "\"Driver\":\"local\"},{\"Source\":\"/tmp\"}],"
            + "\"NetworkSettings\":{\"Networks\":{\"n1\":{},\"n2\":{}}}}]");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void isATable() {
    assertEquals(
        """
        CONTAINER ID   IMAGE     COMMAND                  CREATED             STATUS             PORTS                  NAMES
        0123456789ab   bb:1      "sleep 100000 and mo…"   About an hour ago   Up About an hour   0.0.0.0:8080->80/tcp   web
        """,
        Typed.at(engine, "ps").out());
    assertEquals("GET /containers/json", engine.lines().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -q                          | /containers/json            | 0123456789ab~
          -a -q                       | /containers/json?all=1      | 0123456789ab~
          -l -q                       | /containers/json?limit=1    | 0123456789ab~
          -n 5 -q                     | /containers/json?limit=5    | 0123456789ab~
          --format {{.Names}}         | /containers/json            | web~
          --format {{.Size}}          | /containers/json?size=1     | 1.5kB (virtual 2MB)~
          --format {{.Labels}}        | /containers/json            | a=1,b=2~
          --format {{.Mounts}}        | /containers/json            | a-very-long-vo…,/tmp~
          --format {{.LocalVolumes}}  | /containers/json            | 1~
          --format {{.Networks}}      | /containers/json            | n1,n2~
          --format {{.State}}/{{.Status}} | /containers/json        | running/Up About an hour~
          """)
  void showsOtherFields(String flags, String request, String printed) {
    String[] words = ("ps " + flags).split(" ", -1);
    assertEquals(printed, Typed.at(engine, words).out().replace('\n', '~'));
    assertEquals("GET " + request, engine.lines().get(0));
  }

  @Test
  void nothingIsCutWithNoTrunc() {
    assertEquals(
        ID + " \"sleep 100000 and more words\" web,other/alias a-very-long-volume-name,/tmp\n",
        Typed.at(
                engine,
                "ps",
                "--no-trunc",
                "--format",
                "{{.ID}} {{.Command}} {{.Names}} {{.Mounts}}")
            .out());
  }

  @Test
  void filtersGoToTheEngine() {
    Typed.at(engine, "ps", "-f", "status=exited", "--filter", "label=a");
    assertEquals(
        "GET /containers/json?filters=%7B%22status%22%3A%7B%22exited%22%3Atrue%7D%2C"
            + "%22label%22%3A%7B%22a%22%3Atrue%7D%7D",
        engine.lines().get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                            | ''
          80 tcp                                        | 80/tcp
          80 tcp,81 tcp,83 tcp                          | 80-81/tcp, 83/tcp
          80 tcp,80 udp                                 | 80/tcp, 80/udp
          80 tcp 0.0.0.0 8080                           | 0.0.0.0:8080->80/tcp
          80 tcp 0.0.0.0 80,81 tcp 0.0.0.0 81           | 0.0.0.0:80-81->80-81/tcp
          80 tcp :: 8080,80 tcp 0.0.0.0 8080            | 0.0.0.0:8080->80/tcp, [::]:8080->80/tcp
          80 tcp 0.0.0.0 80,90 udp,70 tcp 1.2.3.4 7     | 0.0.0.0:80->80/tcp, 90/udp, 1.2.3.4:7->70/tcp
          """)
  void portsAreDrawnTogether(String ports, String text) {
    StringBuilder json = new StringBuilder("[");
    for (String port : ports.equals("[]") ? new String[0] : ports.split(",", -1)) {
      String[] parts = port.split(" ", -1);
      json.append(json.length() > 1 ? "," : "");
      json.append("{\"PrivatePort\":").append(parts[0]).append(",\"Type\":\"").append(parts[1]);
      json.append('"');
      if (parts.length > 2) {
        json.append(",\"IP\":\"").append(parts[2]).append("\",\"PublicPort\":").append(parts[3]);
      }
      json.append('}');
    }
    json.append(']');
    assertEquals(text, PortList.text(ApiObject.list(JsonParser.parseString(json.toString()))));
  }
}
