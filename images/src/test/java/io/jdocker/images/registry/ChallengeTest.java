package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChallengeTest {
  @ParameterizedTest
  @MethodSource("fields")
  void readsWhatRegistriesSend(String field, List<Challenge> expected) {
    assertEquals(expected, Challenge.parse(field));
  }

  static Stream<Arguments> fields() {
    Challenge basic = new Challenge("basic", Map.of("realm", "Registry"));
    return Stream.of(
        Arguments.of(
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\","
                + "scope=\"repository:library/busybox:pull,push\"",
            List.of(
                new Challenge(
                    "bearer",
                    Map.of(
                        "realm",
                        "https://auth.docker.io/token",
                        "service",
                        "registry.docker.io",
                        "scope",
                        "repository:library/busybox:pull,push")))),
        Arguments.of("Basic realm=\"Registry\"", List.of(basic)),
        Arguments.of("bASIC REALM=Registry", List.of(basic)),
        Arguments.of("BASIC realm = \"Registry\"", List.of(basic)),
        Arguments.of("Basic", List.of(new Challenge("basic", Map.of()))),
        Arguments.of(
            "Basic realm=\"Registry\", Bearer realm=\"https://a/t?x=1\" , service=s",
            List.of(
                basic,
                new Challenge("bearer", Map.of("realm", "https://a/t?x=1", "service", "s")))),
        Arguments.of(
            "Bearer realm=\"a \\\"quoted\\\" \\\\ name\"",
            List.of(new Challenge("bearer", Map.of("realm", "a \"quoted\" \\ name")))),
        Arguments.of("", List.of()),
        Arguments.of("realm=\"nobody's\"", List.of()));
  }

  @Test
  void prefersATokenToAPassword() {
    List<String> both = List.of("Basic realm=\"x\"", "Bearer realm=\"https://a/t\"");
    assertEquals("bearer", Challenge.choose(both).orElseThrow().scheme());
    assertEquals("basic", Challenge.choose(both.subList(0, 1)).orElseThrow().scheme());
  }

  @Test
  void aTokenFromNowhereIsNoChoice() {
    assertEquals(
        "basic", Challenge.choose(List.of("Bearer, Basic realm=x")).orElseThrow().scheme());
    assertEquals(true, Challenge.choose(List.of("Negotiate", "NTLM")).isEmpty());
  }
}
