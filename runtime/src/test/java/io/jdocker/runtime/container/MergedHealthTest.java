package io.jdocker.runtime.container;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.runtime.spec.HealthSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wish of the user's counts by itself; what is not set is the image's. */
final class MergedHealthTest {
  private static final List<String> SHELL = List.of("/bin/ash", "-c");

  private static HealthSpec spec(List<String> test, int... numbers) {
    return new HealthSpec(test, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], SHELL);
  }

  static Stream<Arguments> merges() {
    HealthSpec image = spec(List.of("CMD-SHELL", "image"), 1, 2, 3, 4, 5);
    HealthSpec unset = spec(List.of(), 0, 0, 0, 0, 0);
    return Stream.of(
        Arguments.of(Optional.empty(), Optional.empty(), Optional.empty()),
        Arguments.of(Optional.empty(), Optional.of(image), Optional.of(image)),
        Arguments.of(Optional.of(unset), Optional.of(image), Optional.of(image)),
        Arguments.of(Optional.of(unset), Optional.empty(), Optional.of(unset)),
        Arguments.of(
            Optional.of(spec(List.of("NONE"), 0, 0, 0, 0, 0)),
            Optional.of(image),
            Optional.of(spec(List.of("NONE"), 1, 2, 3, 4, 5))),
        Arguments.of(
            Optional.of(spec(List.of("CMD", "own"), 0, 20, 0, 40, 0)),
            Optional.of(image),
            Optional.of(spec(List.of("CMD", "own"), 1, 20, 3, 40, 5))),
        Arguments.of(
            Optional.of(spec(List.of(), 10, 0, 30, 0, 50)),
            Optional.of(image),
            Optional.of(spec(List.of("CMD-SHELL", "image"), 10, 2, 30, 4, 50))));
  }

  @ParameterizedTest
  @MethodSource("merges")
  void merged(
      Optional<HealthSpec> user, Optional<HealthSpec> image, Optional<HealthSpec> expected) {
    assertEquals(expected, MergedHealth.of(user, image, SHELL));
  }
}
