package io.jdocker.runtime.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;

/** The C program of scripts/bench.d/launch.c, asked for one launch at a time. */
final class CLauncher implements Contestant, AutoCloseable {
  private final Process process;
  private final BufferedWriter wishes;
  private final BufferedReader answers;
  private final boolean keeper;

  /**
   * Starts it.
   *
   * @param keeper whether each container gets a keeper, as jdocker's do
   */
  CLauncher(List<String> command, boolean keeper) throws IOException {
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.wishes = process.outputWriter();
    this.answers = process.inputReader();
    this.keeper = keeper;
  }

  @Override
  public long launch(Variant variant) throws IOException {
    wishes.write(variant.letters(keeper) + "\n");
    wishes.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the C program ended");
    }
    return Long.parseLong(answer);
  }

  @Override
  public void close() throws IOException {
    // The end of its input ends it.
    wishes.close();
  }
}
