package io.jdocker.cli.transcript;

import io.jdocker.cli.FakeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recorded transcripts, {@code resources/transcripts}, and how a step of one is played. */
final class Transcripts {
  static final List<String> NAMES =
      List.of(
          "ps",
          "images",
          "networks-volumes",
          "inspect",
          "templates",
          "lifecycle",
          "streams",
          "prune",
          "system",
          "usage",
          "create",
          "changes");

  /** Docker's help of every verb: what this command's says otherwise is in {@link HelpTreeTest}. */
  static final String HELP = "help";

  private Transcripts() {}

  static List<Step> steps(String name) throws IOException {
    try (InputStream text =
        Transcripts.class.getResourceAsStream("/transcripts/" + name + ".txt")) {
      return Step.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Plays a step to an engine of its own, in a folder of its own. */
  static Said play(Client client, Path directory, Step step) throws IOException {
    Path folder = Files.createTempDirectory(directory, "s");
    Files.writeString(folder.resolve("env"), "# comment\nA=1\nSOME\nNOT_SET\n\nB=2 3\n");
    Files.writeString(folder.resolve("labels"), "l1=v1\nl2\n");
    Files.writeString(folder.resolve("profile.json"), "{ \"defaultAction\" : \"SCMP_ACT_ALLOW\" }");
    Files.writeString(folder.resolve("archive"), "tar");
    try (FakeEngine engine = Scene.stage(folder)) {
      return client.say(engine, folder, step);
    }
  }
}
