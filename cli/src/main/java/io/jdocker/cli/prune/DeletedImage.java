package io.jdocker.cli.prune;

import io.jdocker.cli.json.ApiObject;

/** One line of what a removal did: a name taken away, or an image deleted. */
public final class DeletedImage {
  private DeletedImage() {}

  public static String text(ApiObject entry) {
    return entry.has("Deleted")
        ? "deleted: " + entry.text("Deleted")
        : "untagged: " + entry.text("Untagged");
  }
}
