package io.jdocker.runtime.build;

import io.jdocker.images.compression.Compression;
import io.jdocker.images.dockerfile.Instruction;
import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.tar.TarSink;
import io.jdocker.images.tar.TarType;
import io.jdocker.images.tree.TreeReader;
import io.jdocker.linux.Fd;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unsupported;
import io.jdocker.linux.pattern.IgnoreFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that one COPY or ADD brings, as members below its target. Read twice: for the cache's key,
 * and to be written.
 */
final class CopySources {
  /** Something to copy: writes its members, named as the target wants it. */
  @FunctionalInterface
  private interface Part {
    void emit(TarSink sink, String name) throws IOException;
  }

  /**
   * @param name of a file, when it goes into a folder; empty for what brings names of its own
   */
  private record Item(String name, Part part) {}

  private static final int FETCHED_MODE = 0600;

  private final BuildScope scope;
  private final Kernel kernel;
  private final Instruction.Copy copy;
  private final IgnoreFile excluded;
  private final List<Item> items = new ArrayList<>();

  private CopySources(BuildScope scope, Instruction.Copy copy, IgnoreFile excluded) {
    this.scope = scope;
    this.kernel = scope.parts().kernel();
    this.copy = copy;
    this.excluded = excluded;
  }

  /** Finds them. */
  static CopySources find(
      BuildScope scope, StageState state, Instruction.Copy copy, SourceTree tree) {
    List<String> excludes = copy.flags().excludes().stream().map(state::expand).toList();
    CopySources sources = new CopySources(scope, copy, IgnoreFile.of(excludes));
    for (String source : copy.sources()) {
      sources.add(state.expand(source), tree);
    }
    copy.heredocs()
        .forEach(
            heredoc ->
                sources.addText(
                    heredoc.name(),
                    heredoc.expands()
                        ? state.expander().expandKeepingQuotes(heredoc.content())
                        : heredoc.content()));
    return sources;
  }

  private void add(String source, SourceTree tree) {
    if (copy.add()) {
      RemoteSource.refuseGit(source);
      if (RemoteSource.isAddress(source)) {
        addFetched(source);
        return;
      }
    }
    for (CopySelection.Source found : new CopySelection(kernel, tree).find(source)) {
      if (copy.flags().parents()) {
        String target = found.pivot();
        items.add(new Item("", (sink, name) -> read(tree, found, sink, target)));
      } else if (found.folder()) {
        items.add(new Item("", (sink, name) -> read(tree, found, sink, "")));
      } else {
        addFile(tree, found);
      }
    }
  }

  /** ADD goes by content: what does not begin as an archive is a file like any other. */
  private void addFile(SourceTree tree, CopySelection.Source found) {
    if (copy.add() && isArchive(tree, found)) {
      items.add(new Item("", (sink, name) -> unpack(tree, found, sink)));
    } else {
      items.add(new Item(found.name(), (sink, name) -> read(tree, found, sink, name)));
    }
  }

  private void read(SourceTree tree, CopySelection.Source found, TarSink sink, String to)
      throws IOException {
    CopyFilter filter = filter(tree, found.path(), to, sink);
    TreeReader reader = new TreeReader(kernel, filter, filter::passes);
    try (Fd at = tree.root().open("/" + found.path())) {
      if (found.folder()) {
        reader.readFolder(at, found.path().isEmpty() ? "." : found.path());
      } else {
        reader.readFile(at, found.path());
      }
    }
  }

  private CopyFilter filter(SourceTree tree, String from, String to, TarSink next) {
    return new CopyFilter(
        next, tree.ignored(), excluded, from, to, Optional.empty(), ModeChange.none());
  }

  private void unpack(SourceTree tree, CopySelection.Source found, TarSink sink)
      throws IOException {
    try (Fd file = tree.root().open("/" + found.path());
        InputStream raw = Files.newInputStream(Path.of(file.procPath()))) {
      BufferedInputStream head = Compression.buffered(raw);
      TarReader tar = new TarReader(Compression.detect(head).open(head));
      for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
        sink.put(next.get(), tar.content());
      }
    }
  }

  private boolean isArchive(SourceTree tree, CopySelection.Source found) {
    try (Fd file = tree.root().open("/" + found.path())) {
      if (!kernel.files().status(file).isRegular()) {
        return false;
      }
      try (InputStream raw = Files.newInputStream(Path.of(file.procPath()))) {
        BufferedInputStream head = Compression.buffered(raw);
        return new TarReader(Compression.detect(head).open(head)).next().isPresent();
      }
    } catch (IOException | InvalidArgument | Unsupported notOne) {
      return false;
    }
  }

  private void addFetched(String address) {
    Path file = scope.workspace().newFile();
    RemoteSource.fetch(address, copy.flags().checksum(), file);
    items.add(
        new Item(
            RemoteSource.name(address),
            (sink, name) -> {
              try (InputStream content = Files.newInputStream(file)) {
                sink.put(
                    TarEntry.plain(name, TarType.FILE, FETCHED_MODE, Files.size(file)), content);
              }
            }));
  }

  private void addText(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    items.add(
        new Item(
            name,
            (sink, target) ->
                sink.put(
                    TarEntry.plain(target, TarType.FILE, 0644, bytes.length),
                    new ByteArrayInputStream(bytes))));
  }

  /** Whether they can only go into a folder. */
  boolean needFolder() {
    return items.size() > 1 || items.get(0).name().isEmpty();
  }

  /** Writes all of them into a folder, under their own names. */
  void emitInto(TarSink sink) throws IOException {
    for (Item item : items) {
      item.part().emit(sink, item.name());
    }
  }

  /** Writes the one file under another name. */
  void emitAs(String name, TarSink sink) throws IOException {
    items.get(0).part().emit(sink, name);
  }
}
