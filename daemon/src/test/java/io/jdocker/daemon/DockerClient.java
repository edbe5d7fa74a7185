package io.jdocker.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A docker command of this machine: Debian's 20.10, a newer one beside it, or both.
 *
 * @param version as it tells it: {@code 20.10.24+dfsg1}
 */
record DockerClient(Path path, String version) {
  private static final Pattern VERSION = Pattern.compile("Docker version ([^,]+),");

  /** All there are on the path, one of each version. */
  static List<DockerClient> installed() throws IOException {
    List<DockerClient> clients = new ArrayList<>();
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path command = Path.of(folder, "docker");
      if (Files.isExecutable(command)) {
        DockerClient client = new DockerClient(command, version(command));
        if (clients.stream().noneMatch(other -> other.version().equals(client.version()))) {
          clients.add(client);
        }
      }
    }
    return clients;
  }

  private static String version(Path command) throws IOException {
    Process process = new ProcessBuilder(command.toString(), "--version").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher matcher = VERSION.matcher(said);
    if (!matcher.find()) {
      throw new IOException(command + " is no docker command: " + said);
    }
    return matcher.group(1);
  }

  /** What decides how it words things: 20, 28. */
  int generation() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  @Override
  public String toString() {
    return "docker " + version + " (" + path + ")";
  }
}
