package io.jdocker.compose.load;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.Locale;

/** Rules of project names. */
final class ProjectName {
  private ProjectName() {}

  /** A name that somebody gave. */
  static String checked(String name) {
    if (!name.matches("[a-z0-9][a-z0-9_-]*")) {
      throw new InvalidArgument(
          "invalid project name \""
              + name
              + "\": must consist only of lowercase alphanumeric characters, hyphens, and"
              + " underscores as well as start with a letter or number");
    }
    return name;
  }

  /** The name that a folder's name makes: lower case, without what no name may have. */
  static String ofFolder(String folder) {
    String name =
        folder.toLowerCase(Locale.ROOT).replaceAll("[^-_a-z0-9]+", "").replaceFirst("^[_-]+", "");
    if (name.isEmpty()) {
      throw new InvalidArgument(
          "project name must not be empty: the folder \""
              + folder
              + "\" makes none, give one with --project-name");
    }
    return name;
  }
}
