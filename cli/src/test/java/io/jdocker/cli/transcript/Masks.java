package io.jdocker.cli.transcript;

import java.nio.file.Path;

/** Hides what differs from run to run: the folders of the test and of the process, and moments. */
final class Masks {
  private Masks() {}

  static Said apply(Path folder, Said said) {
    return new Said(
        said.code(),
        masked(folder, said.out()),
        masked(folder, said.err()),
        said.requests().stream().map(request -> masked(folder, request)).toList());
  }

  private static String masked(Path folder, String text) {
    return text.replace(folder.toString(), "@HERE")
        .replace(System.getProperty("user.dir"), "@CWD")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [+-]\\d{4} \\w+", "@TIME")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "@TIME")
        .replaceAll("(since|until)=\\d{10}(\\.\\d{9})?", "$1=@TIME");
  }
}
