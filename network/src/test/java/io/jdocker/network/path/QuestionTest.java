package io.jdocker.network.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two words of {@code network path}. */
class QuestionTest {
  @ParameterizedTest
  @CsvSource({
    "web, db, web to db (ping)",
    "web, db:5432, web to db:5432/tcp",
    "web, db:53/udp, web to db:53/udp",
    "host, 172.17.0.2:80/tcp, host to 172.17.0.2:80/tcp",
    "203.0.113.9, host:65535, 203.0.113.9 to host:65535/tcp",
    "web, ns:1:80, web to ns:1:80/tcp",
  })
  void aQuestionIsReadAndSaid(String from, String to, String text) {
    assertEquals(text, Question.of(from, to).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"db:", "db:0", "db:65536", "db:http", "db:80/icmp", "db:-1", "db:80/"})
  void aPortIsANumber(String to) {
    assertEquals(
        "invalid port in \""
            + to
            + "\": write NAME:PORT or NAME:PORT/udp, or leave it out for a ping",
        assertThrows(InvalidArgument.class, () -> Question.of("web", to)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({"'', db", "web, ''", "'', ''", "web, :80", "web, :80/udp"})
  void bothEndsHaveAName(String from, String to) {
    assertEquals(
        "name where the packet comes from and where it goes",
        assertThrows(InvalidArgument.class, () -> Question.of(from, to)).getMessage());
  }
}
