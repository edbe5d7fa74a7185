package io.jdocker.cli.prune;

import io.jdocker.cli.Session;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What can be pruned, in the order in which {@code system prune} does it. */
public enum PruneKind {
  CONTAINER("container", "Remove all stopped containers", "Containers", ""),
  NETWORK("network", "Remove all unused networks", "Networks", ""),
  VOLUME(
      "volume",
      "Remove unused local volumes",
      "Volumes",
      "Remove all unused volumes, not just anonymous ones"),
  IMAGE(
      "image",
      "Remove unused images",
      "Images",
      "Remove all unused images, not just dangling ones");

  /** Before 1.42 every unused volume was pruned. */
  private static final int FIRST_WITH_ALL_VOLUMES = 42;

  private final String word;
  private final String summary;
  private final String title;
  private final String helpOfAll;

  PruneKind(String word, String summary, String title, String helpOfAll) {
    this.word = word;
    this.summary = summary;
    this.title = title;
    this.helpOfAll = helpOfAll;
  }

  String word() {
    return word;
  }

  String summary() {
    return summary;
  }

  /** The help of {@code --all}; empty where there is no such flag. */
  String helpOfAll() {
    return helpOfAll;
  }

  String exampleOfFilter() {
    return this == VOLUME ? "label=<label>" : "until=<timestamp>";
  }

  /** What will be gone. */
  String warning(boolean all) {
    return "This will remove "
        + switch (this) {
          case CONTAINER -> "all stopped containers.";
          case NETWORK -> "all custom networks not used by at least one container.";
          case VOLUME ->
              (all ? "all" : "anonymous") + " local volumes not used by at least one container.";
          case IMAGE ->
              all
                  ? "all images without at least one container associated to them."
                  : "all dangling images.";
        };
  }

  /** True when what is removed took space that is told. */
  boolean takesSpace() {
    return this != NETWORK;
  }

  /** Removes them and prints which; returns how many bytes that gave back. */
  long prune(Session session, List<String> filters, boolean all) throws IOException {
    List<String> whole = new ArrayList<>(filters);
    if (this == IMAGE) {
      whole.add("dangling=" + !all);
    } else if (this == VOLUME && all && session.api().speaks(FIRST_WITH_ALL_VOLUMES)) {
      whole.add("all=true");
    }
    Query query = Query.of("/" + word + "s/prune").with("filters", Filters.json(whole));
    ApiObject removed = ApiObject.of(session.api().post(query));
    PruneReport.printList(session.console(), "Deleted " + title + ":", names(removed));
    return removed.number("SpaceReclaimed");
  }

  private List<String> names(ApiObject removed) {
    return this == IMAGE
        ? removed.objects("ImagesDeleted").stream().map(DeletedImage::text).toList()
        : removed.texts(title + "Deleted");
  }
}
