package io.jdocker.cli.manual;

import io.jdocker.cli.VerbTree;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.option.UsageText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One page a verb, and one for them all, in section 1: written from the tables that the help and
 * picocli's model are made of. scripts/package runs this with a folder as its argument.
 */
public final class ManualPages {
  private ManualPages() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    for (Map.Entry<String, String> page : pages().entrySet()) {
      Files.writeString(folder.resolve(page.getKey()), page.getValue());
    }
  }

  /** By name of file: {@code jdocker-run.1}. */
  static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder verbs = new StringBuilder();
    for (VerbTree.Entry entry : VerbTree.entries()) {
      Synopsis synopsis = entry.synopsis().at(entry.words());
      String name = "jdocker-" + entry.words().replace(' ', '-');
      pages.put(name + ".1", page(name, synopsis));
      verbs
          .append(".TP\n.BR ")
          .append(escaped(name))
          .append(" (1)\n")
          .append(line(synopsis.summary()));
    }
    pages.put("jdocker.1", whole(verbs.toString()));
    return pages;
  }

  private static String page(String name, Synopsis synopsis) {
    return head(name, synopsis.summary())
        + ".SH SYNOPSIS\n.B "
        + escaped("jdocker " + synopsis.path())
        + "\n"
        + line(synopsis.usage())
        + ".SH OPTIONS\n.nf\n"
        + lines(UsageText.options(synopsis.flags()))
        + ".fi\n.SH \"SEE ALSO\"\n.BR jdocker (1)\n";
  }

  private static String whole(String verbs) {
    return head("jdocker", "a container engine that calls the Linux kernel directly")
        + ".SH SYNOPSIS\n.B jdocker\n[OPTIONS] COMMAND [ARG...]\n"
        + ".SH COMMANDS\n"
        + verbs
        + ".SH FILES\n.TP\n.I /etc/jdocker/daemon.json\nSettings of the engine, in Docker's keys.\n"
        + ".TP\n.I /var/lib/jdocker\nImages, containers, networks and volumes; "
        + "the socket and the engine's log.\n";
  }

  private static String head(String name, String summary) {
    return ".TH "
        + escaped(name.toUpperCase(Locale.ROOT))
        + " 1 \"\" jdocker jdocker\n.SH NAME\n"
        + escaped(name)
        + " \\- "
        + line(summary);
  }

  private static String lines(String text) {
    StringBuilder escaped = new StringBuilder();
    text.lines().forEach(each -> escaped.append(line(each)));
    return escaped.toString();
  }

  /** A line that troff takes as text, whatever it begins with. */
  private static String line(String text) {
    String escaped = escaped(text);
    boolean request = escaped.startsWith(".") || escaped.startsWith("'");
    return (request ? "\\&" : "") + escaped + "\n";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
