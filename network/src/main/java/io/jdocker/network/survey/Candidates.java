package io.jdocker.network.survey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Network namespaces of others that a link may lead to: those with a name, and of processes. */
final class Candidates {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Path names;
  private final Path processes;

  /**
   * @param names where ip-netns(8) keeps names
   * @param processes /proc
   */
  Candidates(Path names, Path processes) {
    this.names = names;
    this.processes = processes;
  }

  /** A file that stands for a namespace, and what to call that. */
  record Candidate(String name, String file) {}

  List<Candidate> named() {
    if (!Files.isDirectory(names)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(names)) {
      return files
          .sorted()
          .map(f -> new Candidate(f.getFileName().toString(), f.toString()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One process of each namespace: the first, which as a rule is what the others come from. */
  List<Candidate> ofProcesses() {
    List<Candidate> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (Stream<Path> entries = Files.list(processes)) {
      List<Path> sorted =
          entries
              .filter(p -> NUMBER.matcher(p.getFileName().toString()).matches())
              .sorted((a, b) -> Integer.compare(number(a), number(b)))
              .toList();
      for (Path process : sorted) {
        namespaceOf(process, seen, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static int number(Path process) {
    return Integer.parseInt(process.getFileName().toString());
  }

  /** A process may take a name that a terminal obeys: see PR_SET_NAME of prctl(2). */
  private static String printable(byte[] command) {
    String text = new String(command, StandardCharsets.UTF_8).strip(); // or U+FFFD: it is any bytes
    return CONTROL.matcher(text).replaceAll("?");
  }

  private static void namespaceOf(Path process, Set<String> seen, List<Candidate> found) {
    try {
      Path file = process.resolve("ns/net");
      if (seen.add(Files.readSymbolicLink(file).toString())) {
        String command = printable(Files.readAllBytes(process.resolve("comm")));
        found.add(
            new Candidate("process " + number(process) + " (" + command + ")", file.toString()));
      }
    } catch (IOException gone) {
      return; // it ended while we looked
    }
  }
}
