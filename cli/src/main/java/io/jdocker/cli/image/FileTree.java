package io.jdocker.cli.image;

import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.json.ApiObject;
import java.util.Map;
import java.util.TreeMap;

/** Files by their folders, each with the bytes of all below it. */
final class FileTree {
  private static final int MOST = 30;

  private final Map<String, FileTree> children = new TreeMap<>();
  private long size;
  private long files;
  private char mark = ' ';
  private String link = "";

  /**
   * Adds a file.
   *
   * @param change '+', '~' or '-'
   */
  void add(ApiObject file, char change) {
    String path = file.text("Path");
    FileTree at = this;
    long bytes = file.number("Size");
    boolean counts = !file.text("Kind").equals("folder");
    at.count(bytes, counts);
    if (path.equals(".")) {
      return;
    }
    for (String part : path.split("/", -1)) {
      at = at.children.computeIfAbsent(part, name -> new FileTree());
      at.count(bytes, counts);
    }
    at.mark = change;
    at.link = file.text("Link");
  }

  private void count(long bytes, boolean counts) {
    size += bytes;
    files += counts ? 1 : 0;
  }

  /** A line a file; of what lies deeper, how much there is. */
  String text(String indent, int depth) {
    StringBuilder text = new StringBuilder();
    write(text, indent, depth);
    return text.toString();
  }

  private void write(StringBuilder text, String indent, int depth) {
    int shown = 0;
    for (Map.Entry<String, FileTree> child : children.entrySet()) {
      if (depth < Integer.MAX_VALUE && shown++ == MOST) {
        text.append(indent)
            .append("  … ")
            .append(children.size() - MOST)
            .append(" more (--depth all shows them)\n");
        return;
      }
      child.getValue().line(text, indent, child.getKey(), depth);
    }
  }

  private void line(StringBuilder text, String indent, String name, int depth) {
    // A name may hold anything: it must not move the cursor.
    text.append(indent).append(mark).append(' ').append(name.replaceAll("\\p{Cntrl}", "?"));
    if (!children.isEmpty()) {
      text.append('/');
    }
    if (!link.isEmpty()) {
      text.append(" -> ").append(link.replaceAll("\\p{Cntrl}", "?"));
    }
    text.append("  ").append(HumanSize.of(size));
    boolean folded = depth <= 1 && !children.isEmpty();
    text.append(folded ? "  (" + files + " files)\n" : "\n");
    if (!folded) {
      write(text, indent + "  ", depth - 1);
    }
  }
}
