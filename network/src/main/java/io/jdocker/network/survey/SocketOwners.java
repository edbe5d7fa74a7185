package io.jdocker.network.survey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who listens on which port of the calling thread's network namespace. Stateless. */
public final class SocketOwners {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final int INODE = 9;

  /**
   * A port that a program listens on.
   *
   * @param owner {@code process 12 (nginx)}; where /proc does not tell, so much
   */
  public record Listener(int port, String protocol, String owner) {}

  private SocketOwners() {}

  /** Every port on which somebody listens, TCP and UDP, each once for each program. */
  public static List<Listener> listeners() {
    Map<String, Listener> byInode = new HashMap<>();
    for (String file : List.of("tcp", "tcp6", "udp", "udp6")) {
      String protocol = file.substring(0, 3);
      for (String line : lines(Path.of("/proc/thread-self/net", file))) {
        String[] words = line.strip().split(" +", -1);
        boolean listens = words[3].equals(protocol.equals("tcp") ? "0A" : "07");
        if (listens && words.length > INODE) {
          int port = Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16);
          byInode.put(words[INODE], new Listener(port, protocol, "a program that cannot be told"));
        }
      }
    }
    Map<String, String> owners = byInode.isEmpty() ? Map.of() : owners();
    return byInode.entrySet().stream()
        .map(
            e ->
                new Listener(
                    e.getValue().port(),
                    e.getValue().protocol(),
                    owners.getOrDefault(e.getKey(), e.getValue().owner())))
        .distinct()
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      List<String> all = Files.readAllLines(file, StandardCharsets.US_ASCII);
      return all.subList(1, all.size());
    } catch (NoSuchFileException withoutIpv6) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process of each socket, by the socket's inode. */
  private static Map<String, String> owners() {
    Map<String, String> owners = new HashMap<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        sockets(process).forEach(inode -> owners.putIfAbsent(inode, title(process)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return owners;
  }

  private static List<String> sockets(Path process) {
    List<String> inodes = new ArrayList<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        Matcher socket = SOCKET.matcher(target(descriptor));
        if (socket.matches()) {
          inodes.add(socket.group(1));
        }
      }
    } catch (IOException ended) {
      return inodes; // the process, while we looked
    }
    return inodes;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static String title(Path process) {
    try {
      String command = Files.readString(process.resolve("comm")).strip();
      return "process " + process.getFileName() + " (" + command + ")";
    } catch (IOException ended) {
      return "a process that has ended";
    }
  }
}
