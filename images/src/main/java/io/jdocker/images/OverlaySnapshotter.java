package io.jdocker.images;

import io.jdocker.images.unpack.TreeRemover;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.FileStatus;
import io.jdocker.linux.Kernel;
import io.jdocker.linux.SyscallException;
import io.jdocker.linux.durable.Undo;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jnr.constants.platform.Errno;

/**
 * Snapshots for overlayfs. {@code ROOT/snapshots/KEY} holds {@code upper}, {@code work}, and the
 * link {@code top} to the uppermost layer: a link appears whole or not at all and needs no fsync,
 * so a container start costs three mkdir(2) and one symlink(2).
 */
public final class OverlaySnapshotter implements Snapshotter {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");
  private static final String UPPER = "upper";
  private static final String WORK = "work";
  private static final String TOP = "top";

  // No key starts with a dot, so this cannot clash with one.
  private static final String TRASH = ".removing-";

  private final Path root;
  private final Catalog catalog;
  private final StoreLayout layout;
  private final FileCalls files;

  OverlaySnapshotter(Path root, StoreLayout layout, Catalog catalog, Kernel kernel) {
    this.root = root;
    this.layout = layout;
    this.catalog = catalog;
    this.files = kernel.files();
  }

  /** Makes the folder, and ends removals that were cut short. */
  void open() {
    try {
      Files.createDirectories(root);
      // Others on the machine must not reach into containers' files (CVE-2021-41091).
      files.changeMode(FileCalls.AT_FDCWD, root.toString(), 0700);
      try (Stream<Path> children = Files.list(root)) {
        children
            .filter(child -> child.getFileName().toString().startsWith(TRASH))
            .toList()
            .forEach(TreeRemover::remove);
      }
    } catch (IOException e) {
      throw new SystemFailure("cannot make " + root + ": " + e.getMessage(), e);
    }
  }

  @Override
  public OverlayMount prepare(String key, Image image) {
    Path folder = folder(key);
    String top = top(image);
    Path lower = layout.layer(top);
    try (Undo undo = new Undo()) {
      makeFolder(folder, key);
      undo.push("delete " + folder, () -> TreeRemover.remove(folder));
      makeUpper(folder.resolve(UPPER), lower);
      files.makeDirectory(FileCalls.AT_FDCWD, folder.resolve(WORK).toString(), 0700);
      // Last: a snapshot is whole once it has this link.
      files.symbolicLink(
          folder.relativize(lower).toString(), FileCalls.AT_FDCWD, folder.resolve(TOP).toString());
      OverlayMount mount = mount(folder, top);
      undo.commit();
      return mount;
    }
  }

  private void makeFolder(Path folder, String key) {
    try {
      files.makeDirectory(FileCalls.AT_FDCWD, folder.toString(), 0700);
    } catch (SyscallException e) {
      if (e.is(Errno.EEXIST)) {
        throw new Conflict("snapshot " + key + " exists already; remove it first");
      }
      throw e;
    }
  }

  /** The root folder that a container sees is the upper one, so it takes after the image's. */
  private void makeUpper(Path upper, Path lower) {
    FileStatus wanted = files.status(FileCalls.AT_FDCWD, lower.toString(), 0);
    files.makeDirectory(FileCalls.AT_FDCWD, upper.toString(), 0755);
    if (wanted.uid() != 0 || wanted.gid() != 0) {
      files.changeOwner(FileCalls.AT_FDCWD, upper.toString(), wanted.uid(), wanted.gid(), 0);
    }
    files.changeMode(FileCalls.AT_FDCWD, upper.toString(), wanted.permissions());
  }

  private String top(Image image) {
    List<Digest> chainIds = image.chainIds();
    if (chainIds.isEmpty()) {
      return StoreLayout.EMPTY_LAYER;
    }
    return catalog
        .layer(chainIds.get(chainIds.size() - 1))
        .map(Layer::directory)
        .orElseThrow(() -> removed(image));
  }

  private static Conflict removed(Image image) {
    return new Conflict("image " + image.id().shortHex() + " is being removed");
  }

  @Override
  public Optional<OverlayMount> find(String key) {
    Path folder = folder(key);
    return readTop(folder).map(top -> mount(folder, top));
  }

  private static Optional<String> readTop(Path folder) {
    try {
      return Optional.of(Files.readSymbolicLink(folder.resolve(TOP)).getFileName().toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private OverlayMount mount(Path folder, String top) {
    return new OverlayMount(lowers(top), folder.resolve(UPPER), folder.resolve(WORK));
  }

  private List<Path> lowers(String top) {
    if (top.equals(StoreLayout.EMPTY_LAYER)) {
      return List.of(layout.layer(top));
    }
    List<Path> lowers = new ArrayList<>();
    Optional<Layer> at = byDirectory(top);
    if (at.isEmpty()) {
      throw new SystemFailure("layer " + layout.layer(top) + " is gone; remove the container");
    }
    while (at.isPresent()) {
      lowers.add(layout.layer(at.get().directory()));
      at = at.get().parent().flatMap(catalog::layer);
    }
    return lowers;
  }

  private Optional<Layer> byDirectory(String directory) {
    return catalog.layers().stream().filter(layer -> layer.directory().equals(directory)).findAny();
  }

  @Override
  public List<String> list() {
    try (Stream<Path> children = Files.list(root)) {
      return children
          .map(child -> child.getFileName().toString())
          .filter(name -> KEY.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  /** ChainIDs of the layers that snapshots stand on. */
  Set<Digest> layersInUse() {
    Set<Digest> used = new HashSet<>();
    for (String key : list()) {
      Optional<Layer> at = readTop(folder(key)).flatMap(this::byDirectory);
      while (at.isPresent() && used.add(at.get().chainId())) {
        at = at.get().parent().flatMap(catalog::layer);
      }
    }
    return used;
  }

  /** Whether a snapshot has this very layer on top. */
  boolean isTop(Layer layer) {
    return list().stream()
        .anyMatch(key -> readTop(folder(key)).filter(layer.directory()::equals).isPresent());
  }

  @Override
  public void remove(String key) {
    Path folder = folder(key);
    Path trash = root.resolve(TRASH + key);
    // What a removal that failed half-way has left goes first.
    TreeRemover.remove(trash);
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      // Renamed first: a kill in the middle must not leave what looks like a whole snapshot.
      files.rename(FileCalls.AT_FDCWD, folder.toString(), FileCalls.AT_FDCWD, trash.toString());
      TreeRemover.remove(trash);
    }
  }

  private Path folder(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new InvalidArgument("invalid snapshot key: " + key);
    }
    return root.resolve(key);
  }
}
