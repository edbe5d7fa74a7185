package io.jdocker.cli.image;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Filters;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.HumanDuration;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.format.Listing;
import io.jdocker.cli.format.Row;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code jdocker images}: one line a tag. */
public final class ImagesVerb implements Verb {
  private static final String NONE = "<none>";
  private static final int SHORT_ID = 12;
  private static final String TABLE =
      "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
  private static final String TABLE_WITH_DIGEST =
      "{{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}";
  private static final Map<String, String> TITLES =
      Map.of(
          "ID", "IMAGE ID",
          "Repository", "REPOSITORY",
          "Tag", "TAG",
          "Digest", "DIGEST",
          "CreatedSince", "CREATED",
          "CreatedAt", "CREATED AT",
          "Size", "SIZE");

  /** One name of an image. */
  private record Name(String repository, String tag, String digest) {}

  @Override
  public Synopsis synopsis() {
    FlagTable flags =
        new FlagTable()
            .add(FlagKind.BOOL, 'a', "all", "Show all images (default hides intermediate images)")
            .add(FlagKind.BOOL, "digests", "Show digests")
            .add(FlagKind.FILTER, 'f', "filter", "Filter output based on conditions provided")
            .add(FlagKind.BOOL, "no-trunc", "Don't truncate output")
            .add(FlagKind.BOOL, 'q', "quiet", "Only show image IDs");
    return Synopsis.of(
            "images",
            "[OPTIONS] [REPOSITORY[:TAG]]",
            "List images",
            ArgumentCount.between(0, 1),
            Flags.list(flags))
        .alsoCalled("image ls", "image list", "images");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    List<String> filters = new ArrayList<>(line.list("filter"));
    if (!line.arguments().isEmpty()) {
      filters.add("reference=" + line.argument(0));
    }
    Query query =
        Query.of("/images/json")
            .when(line.isSet("all"), "all")
            .with("filters", Filters.json(filters));
    List<ApiObject> images = ApiObject.list(session.api().get(query));
    images.sort(Comparator.comparingLong((ApiObject i) -> i.number("Created")).reversed());
    String format = line.text("format");
    boolean digests = line.isSet("digests") || format.contains(".Digest");
    Instant now = Instant.now();
    List<Row> rows = new ArrayList<>();
    for (ApiObject image : images) {
      for (Name name : names(image, digests)) {
        rows.add(row(image, name, line.isSet("no-trunc"), now));
      }
    }
    boolean onlyIds = line.isSet("quiet") && format.isEmpty();
    Listing listing = new Listing(line.isSet("digests") ? TABLE_WITH_DIGEST : TABLE, TITLES);
    session.console().print(listing.print(onlyIds ? "{{.ID}}" : format, rows));
    return 0;
  }

  private static List<Name> names(ApiObject image, boolean digests) {
    List<Name> names = new ArrayList<>();
    List<String> references = image.texts("RepoDigests");
    references.removeIf(reference -> reference.startsWith(NONE));
    for (String tag : image.texts("RepoTags")) {
      if (!tag.startsWith(NONE)) {
        String repository = ImageName.repository(tag);
        String digest = digests ? digest(references, repository) : NONE;
        names.add(new Name(repository, tag.substring(repository.length() + 1), digest));
      }
    }
    if (names.isEmpty()) {
      for (String reference : references) {
        String repository = ImageName.repository(reference);
        names.add(new Name(repository, NONE, reference.substring(repository.length() + 1)));
        if (!digests) {
          break;
        }
      }
    }
    return names.isEmpty() ? List.of(new Name(NONE, NONE, NONE)) : names;
  }

  private static String digest(List<String> references, String repository) {
    for (String reference : references) {
      if (reference.startsWith(repository + "@")) {
        return reference.substring(repository.length() + 1);
      }
    }
    return NONE;
  }

  private static Row row(ApiObject image, Name name, boolean whole, Instant now) {
    Instant created = Instant.ofEpochSecond(image.number("Created"));
    String id = image.text("Id");
    return new Row("*formatter.imageContext", image.map("Labels"))
        .with("ID", whole ? id : shortId(id))
        .with("Repository", name.repository())
        .with("Tag", name.tag())
        .with("Digest", name.digest())
        .with("CreatedSince", HumanDuration.ago(created, now))
        .withMoment("CreatedAt", created)
        .with("Size", HumanSize.of(image.number("Size")))
        .with("Containers", "N/A")
        .with("SharedSize", "N/A")
        .with("UniqueSize", "N/A")
        .with("VirtualSize", HumanSize.of(image.number("Size"), 4));
  }

  static String shortId(String id) {
    String hex = id.substring(id.indexOf(':') + 1);
    return hex.length() <= SHORT_ID ? hex : hex.substring(0, SHORT_ID);
  }
}
