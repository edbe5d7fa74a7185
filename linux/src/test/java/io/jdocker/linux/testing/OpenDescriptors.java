package io.jdocker.linux.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What this process has open, by what it leads to: a test that looks for a leak compares two of
 * these. What the JVM opens when it pleases (a jar at the first use of a class in it, the random
 * device, its own libraries) is left out; so a number of descriptors is not the thing to compare.
 *
 * @param open where each descriptor leads, sorted; pipes and sockets without their numbers
 */
public record OpenDescriptors(List<String> open) {
  private static final Path FOLDER = Path.of("/proc/self/fd");

  /** A thread of the test kit may still be closing its end of a pipe. */
  private static final int ATTEMPTS = 200;

  private static final int PAUSE_MILLIS = 10;

  /** What is open now. */
  public static OpenDescriptors now() throws IOException {
    List<String> open = new ArrayList<>();
    try (Stream<Path> numbers = Files.list(FOLDER)) {
      for (Path number : numbers.toList()) {
        try {
          open.add(Files.readSymbolicLink(number).toString().replaceAll("\\[[0-9]+]", ""));
        } catch (IOException closedMeanwhile) {
          // Then it is not open.
        }
      }
    }
    open.removeIf(OpenDescriptors::isOfTheJvm);
    return new OpenDescriptors(open.stream().sorted().toList());
  }

  private static boolean isOfTheJvm(String target) {
    return target.matches("/proc/[0-9]+/fd") // the folder that is being listed
        || target.endsWith(".jar")
        || target.startsWith(System.getProperty("java.home"))
        || target.startsWith("/usr/")
        || target.startsWith("/dev/");
  }

  /** Fails when these are not what is open now, nor soon. */
  public void assertAgain(String when) throws IOException, InterruptedException {
    OpenDescriptors now = now();
    for (int attempt = 0; attempt < ATTEMPTS && !now.equals(this); attempt++) {
      Thread.sleep(PAUSE_MILLIS);
      now = now();
    }
    assertEquals(String.join("\n", open), String.join("\n", now.open), when);
  }
}
