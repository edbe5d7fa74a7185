package io.jdocker.compose.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a caller asks to be read. Texts are empty and lists have nothing where the caller said
 * nothing.
 *
 * @param files as typed; {@code -} is the standard input
 * @param directory of the project
 * @param environment the caller's variables
 * @param profiles active ones
 * @param named services that the caller names: their profiles are active too
 * @param current the folder the caller is in, absolute
 * @param input what standard input holds, read only for {@code -}
 */
public record ProjectSource(
    List<String> files,
    String directory,
    String name,
    List<String> profiles,
    List<String> environmentFiles,
    List<String> named,
    Map<String, String> environment,
    Path current,
    Input input) {
  /** Standard input. */
  public interface Input {
    String text() throws java.io.IOException;
  }

  /** The same with services named. */
  public ProjectSource naming(List<String> services) {
    return new ProjectSource(
        files, directory, name, profiles, environmentFiles, services, environment, current, input);
  }
}
