package io.jdocker.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs that show the network, against an engine's answers. */
class NetworkSightVerbsTest {
  @TempDir Path directory;
  private FakeEngine engine;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void thePictureIsPrintedAsItComes() {
    engine.answer("GET /jdocker/network/graph", "host\n└── eth0\n");
    assertEquals(new Typed(0, "host\n└── eth0\n", ""), Typed.at(engine, "network", "graph"));
    assertEquals(List.of("GET /jdocker/network/graph?format=text"), engine.lines());
  }

  @Test
  void aFormatThatTheEngineDoesNotKnowIsItsToRefuse() {
    engine.refuse("GET /jdocker/network/graph", 400, "unknown format \"png\": choose text");
    assertEquals(
        new Typed(1, "", "Error response from daemon: unknown format \"png\": choose text\n"),
        Typed.at(engine, "network", "graph", "--format", "png"));
    assertEquals(List.of("GET /jdocker/network/graph?format=png"), engine.lines());
  }

  @Test
  void aWayIsAskedForByItsTwoEnds() {
    engine.answer("GET /jdocker/network/path", "web answers\n");
    assertEquals(
        new Typed(0, "web answers\n", ""),
        Typed.at(engine, "network", "path", "203.0.113.2", "web:53/udp"));
    assertEquals(
        List.of("GET /jdocker/network/path?from=203.0.113.2&to=web%3A53%2Fudp&format=text"),
        engine.lines());
    assertEquals(1, Typed.at(engine, "network", "path", "web").code());
  }

  @Test
  void aFaultIsToldWithItsCureAndEndsWithOne() {
    engine.answer(
        "GET /jdocker/network/doctor",
        "[{\"Id\":\"port-taken\",\"What\":\"port 80/tcp belongs to process 7 (nginx)\","
            + "\"Consequence\":\"it does not start\",\"Advice\":\"stop it\"}]");
    assertEquals(
        new Typed(
            1,
            """
            ✘ port-taken
                port 80/tcp belongs to process 7 (nginx)
                so:    it does not start
                to do: stop it

            1 fault
            """,
            ""),
        Typed.at(engine, "network", "doctor", "--port", "80", "--port", "81"));
    assertEquals(List.of("GET /jdocker/network/doctor?port=80&port=81"), engine.lines());
    Typed json = Typed.at(engine, "network", "doctor", "--format", "json");
    assertEquals(1, json.code());
    assertTrue(json.out().contains("\"Advice\": \"stop it\""), json.out());
  }

  @Test
  void healthIsAnExitCodeOfZero() {
    engine.answer("GET /jdocker/network/doctor", "[]");
    assertEquals(new Typed(0, "nothing is wrong\n", ""), Typed.at(engine, "network", "doctor"));
    assertEquals(
        new Typed(0, "[]\n", ""), Typed.at(engine, "network", "doctor", "--format", "json"));
    assertEquals(
        new Typed(1, "", "findings are told as 'text' or 'json', not as 'svg'\n"),
        Typed.at(engine, "network", "doctor", "--format", "svg"));
  }

  @Test
  void reloadSaysNothingUnlessItFails() {
    engine.answer("POST /jdocker/network/reload", 204, "");
    assertEquals(new Typed(0, "", ""), Typed.at(engine, "network", "reload"));
    engine.refuse("POST /jdocker/network/reload", 503, "iptables-restore was not found");
    assertEquals(
        new Typed(1, "", "Error response from daemon: iptables-restore was not found\n"),
        Typed.at(engine, "network", "reload"));
  }

  @Test
  void theVerbsAreInTheHelpOfTheirGroup() {
    String help = Typed.alone("network").err();
    for (String verb : List.of("doctor", "graph", "path", "reload")) {
      assertTrue(help.contains("\n  " + verb + " "), help);
    }
  }
}
