package io.jdocker.cli.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Docker 28 says what stands in the transcripts. Where there is none (Debian has 20.10) they are
 * not compared. With the property {@code transcripts.record} they are written anew, to that folder.
 */
class DockerTranscriptIT {
  @TestFactory
  Stream<DynamicNode> dockerSaysTheSame(@TempDir Path directory) throws IOException {
    Optional<Client.Docker> docker = Client.Docker.ofGeneration(28);
    assumeTrue(docker.isPresent(), "no docker 28 on the path: the transcripts were not compared");
    Optional<Path> target =
        Optional.ofNullable(System.getProperty("transcripts.record")).map(Path::of);
    List<DynamicNode> nodes = new ArrayList<>();
    List<String> names = new ArrayList<>(Transcripts.NAMES);
    names.add(Transcripts.HELP);
    for (String name : names) {
      if (target.isPresent()) {
        record(docker.get(), directory, name, target.get());
      }
      Stream<DynamicNode> tests =
          Transcripts.steps(name).stream()
              .map(step -> dynamicTest(step.line(), () -> check(docker.get(), directory, step)));
      nodes.add(dynamicContainer(name, tests));
    }
    return nodes.stream();
  }

  private static void check(Client docker, Path directory, Step step) throws IOException {
    Said said = Transcripts.play(docker, directory, step);
    assertEquals(step.toString(), step.with(said).toString());
  }

  private static void record(Client docker, Path directory, String name, Path target)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (Step step : Transcripts.steps(name)) {
      text.append(step.with(Transcripts.play(docker, directory, step))).append('\n');
    }
    Files.writeString(target.resolve(name + ".txt"), text.toString().stripTrailing() + "\n");
  }
}
