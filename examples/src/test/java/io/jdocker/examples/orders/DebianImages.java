package io.jdocker.examples.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Puts what the images of these tests are built from into {@code target/images}: the servers of
 * this machine's Debian packages. A project with a registry at hand names images of that instead.
 */
final class DebianImages implements BeforeAllCallback {
  private static final Path SOURCES = Path.of("src/test/images");
  private static final Path TARGET = Path.of("target/images");

  @Override
  public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
    Path postgres = installed();
    String version = postgres.getFileName().toString();
    List<String> files =
        new ArrayList<>(
            List.of(
                postgres + "/bin/postgres",
                postgres + "/bin/initdb",
                "/usr/share/postgresql/" + version,
                "/usr/share/zoneinfo/Etc"));
    try (Stream<Path> libraries = Files.list(postgres.resolve("lib"))) {
      libraries
          .map(Path::toString)
          .filter(name -> name.endsWith(".so") && !name.contains("llvmjit"))
          .forEach(files::add);
    }
    collect("postgres", files);
    collect("redis", List.of("/usr/bin/redis-server", "/usr/bin/redis-cli"));
  }

  private static Path installed() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions.findFirst().orElseThrow();
    }
  }

  private static void collect(String image, List<String> files)
      throws IOException, InterruptedException {
    Path folder = Files.createDirectories(TARGET.resolve(image));
    try (Stream<Path> sources = Files.list(SOURCES.resolve(image))) {
      for (Path source : sources.toList()) {
        Files.copy(
            source,
            folder.resolve(source.getFileName()),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING,
            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    List<String> command = new ArrayList<>();
    command.add(SOURCES.resolve("collect").toString());
    command.add(folder.resolve("root").toString());
    command.addAll(files);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("cannot collect the files of " + image + ", see above");
    }
  }
}
