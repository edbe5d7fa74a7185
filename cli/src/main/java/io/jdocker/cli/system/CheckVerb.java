package io.jdocker.cli.system;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker system check}: whether every image is on disk as it came. */
public final class CheckVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "system check",
        "[OPTIONS]",
        "Compare every blob and unpacked file of the image store with what it should be",
        ArgumentCount.none(),
        new FlagTable()
            .add(
                FlagKind.BOOL,
                "repair",
                "Put damaged files back, from the layers' archives; containers may go on"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    Query query = Query.of("/jdocker/system/check").when(line.isSet("repair"), "repair");
    ApiObject check = ApiObject.of(session.api().post(query));
    List<ApiObject> problems = check.objects("Problems");
    for (ApiObject problem : problems) {
      session.console().printLine(text(problem));
    }
    long left = problems.stream().filter(problem -> !problem.isTrue("Repaired")).count();
    session.console().printLine(summary(check, problems.size(), left));
    if (left > 0 && !line.isSet("repair")) {
      session.console().error("Run 'jdocker system check --repair' to mend what can be mended.");
    }
    return left == 0 ? 0 : 1;
  }

  private static String text(ApiObject problem) {
    String path = problem.text("Path");
    // A name may hold anything: it must not move the cursor.
    String where = problem.text("Place") + (path.isEmpty() ? "" : "/" + path);
    return (problem.isTrue("Repaired") ? "repaired: " : "damaged: ")
        + where.replaceAll("\\p{Cntrl}", "?")
        + ": "
        + problem.text("What")
        + " (image "
        + String.join(", ", problem.texts("Images"))
        + ")";
  }

  private static String summary(ApiObject check, int found, long left) {
    return "%d images, %d layers, %d files, %s read: %s"
        .formatted(
            check.number("Images"),
            check.number("Layers"),
            check.number("Files"),
            HumanSize.of(check.number("Bytes")),
            found == 0
                ? "all as it should be"
                : found + " damaged, " + (found - left) + " repaired");
  }
}
