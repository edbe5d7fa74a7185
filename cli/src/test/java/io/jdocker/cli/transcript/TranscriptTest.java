package io.jdocker.cli.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** This command says what docker 28 said, and in lists of commands names its own ones, too. */
class TranscriptTest {
  private static final Pattern OWN_COMMAND =
      Pattern.compile("(?m)^! {3}(doctor|graph|path|reload) +[A-Z].*\\R");

  @TestFactory
  Stream<DynamicNode> jdockerSaysTheSame(@TempDir Path directory) throws IOException {
    List<DynamicNode> nodes = new ArrayList<>();
    for (String name : Transcripts.NAMES) {
      Stream<DynamicNode> tests =
          Transcripts.steps(name).stream()
              .map(step -> dynamicTest(step.line(), () -> check(directory, step)));
      nodes.add(dynamicContainer(name, tests));
    }
    return nodes.stream();
  }

  private static void check(Path directory, Step step) throws IOException {
    Said said = Transcripts.play(new Client.Jdocker(), directory, step);
    String ours = OWN_COMMAND.matcher(step.with(said).toString()).replaceAll("");
    assertEquals(step.toString(), ours);
  }
}
