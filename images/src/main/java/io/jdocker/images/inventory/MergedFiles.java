package io.jdocker.images.inventory;

import io.jdocker.images.inventory.ChangedPath.Change;
import io.jdocker.images.inventory.FileRecord.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The files of an image as its layers are laid one on the other. One thread. */
public final class MergedFiles {
  private final NavigableMap<String, FileRecord> files = new TreeMap<>();
  private long wasted;

  /** Lays a layer on what is there; what it changed, in the order of paths. */
  public List<ChangedPath> add(Inventory layer) {
    NavigableMap<String, FileRecord> gone = hide(layer);
    List<ChangedPath> changes = new ArrayList<>();
    for (FileRecord file : layer.files()) {
      FileRecord hidden = gone.remove(file.path());
      FileRecord before = hidden == null ? files.get(file.path()) : hidden;
      if (before == null) {
        changes.add(new ChangedPath(Change.ADDED, file, file.size()));
      } else if (!isSameFolder(before, file) || hidden != null) {
        changes.add(new ChangedPath(Change.CHANGED, file, file.size()));
      }
      if (before != null && hidden == null) {
        wasted += before.size();
        replaceFolder(before, file, gone);
      }
      files.put(file.path(), file);
    }
    gone.values().stream()
        .map(file -> new ChangedPath(Change.DELETED, file, file.size()))
        .forEach(changes::add);
    changes.sort(Comparator.comparing(ChangedPath::path));
    return changes;
  }

  /** Takes out what the layer hides. */
  private NavigableMap<String, FileRecord> hide(Inventory layer) {
    NavigableMap<String, FileRecord> gone = new TreeMap<>();
    for (String path : layer.hidden()) {
      FileRecord file = files.remove(path);
      if (file != null) {
        take(file, gone);
      }
      takeBelow(path, gone);
    }
    layer.opaque().forEach(folder -> takeBelow(folder, gone));
    return gone;
  }

  private void take(FileRecord file, NavigableMap<String, FileRecord> gone) {
    gone.put(file.path(), file);
    wasted += file.size();
  }

  private void takeBelow(String folder, NavigableMap<String, FileRecord> gone) {
    NavigableMap<String, FileRecord> below = Inventory.below(files, folder);
    below.values().stream().filter(file -> !file.path().equals(".")).forEach(f -> take(f, gone));
    below.keySet().removeIf(path -> !path.equals("."));
  }

  private void replaceFolder(
      FileRecord before, FileRecord now, NavigableMap<String, FileRecord> gone) {
    if (before.kind() == Kind.FOLDER && now.kind() != Kind.FOLDER) {
      takeBelow(before.path(), gone);
    }
  }

  private static boolean isSameFolder(FileRecord before, FileRecord now) {
    return before.kind() == Kind.FOLDER
        && now.kind() == Kind.FOLDER
        && before.mode() == now.mode()
        && before.uid() == now.uid()
        && before.gid() == now.gid();
  }

  /** Bytes of files in lower layers that upper ones hide: they are stored and moved for nothing. */
  public long wasted() {
    return wasted;
  }

  /** Bytes of the files that can be seen. */
  public long visible() {
    return files.values().stream().mapToLong(FileRecord::size).sum();
  }
}
