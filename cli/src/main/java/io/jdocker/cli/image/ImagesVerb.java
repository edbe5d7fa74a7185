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
import java.util.LinkedHashMap;
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
  private static final String RAW =
      """
      repository: {{ .Repository }}
      tag: {{.Tag}}
      image_id: {{.ID}}
      created_at: {{.CreatedAt}}
      virtual_size: {{.Size}}
      """;
  private static final String RAW_WITH_DIGEST =
      RAW.replace("tag: {{.Tag}}\n", "tag: {{.Tag}}\ndigest: {{.Digest}}\n");

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
    Listing listing =
        new Listing(line.isSet("digests") ? TABLE_WITH_DIGEST : TABLE, TITLES)
            .withRaw(line.isSet("digests") ? RAW_WITH_DIGEST : RAW, "image_id: {{.ID}}");
    String format = listing.format(line, session, "{{.ID}}");
    List<String> filters = new ArrayList<>(line.list("filter"));
    if (!line.arguments().isEmpty()) {
      filters.add("reference=" + line.argument(0));
    }
    Query query =
        Query.of("/images/json")
            .when(line.isSet("all"), "all")
            .with("filters", Filters.json(filters));
    List<ApiObject> images = ApiObject.list(session.api().get(query));
    Instant now = Instant.now();
    List<Row> rows = new ArrayList<>();
    for (ApiObject image : images) {
      for (Name name : names(image, line.isSet("digests"), format.contains(".Digest"))) {
        rows.add(row(image, name, line.isSet("no-trunc"), now));
      }
    }
    session.console().print(listing.print(format, rows));
    return 0;
  }

  /**
   * The lines of an image: one a tag, with each digest of its repository where those are shown, and
   * one for every repository that it is known in by digest only.
   */
  private static List<Name> names(ApiObject image, boolean showsDigests, boolean asksForThem) {
    Map<String, List<String>> digests = byRepository(image.texts("RepoDigests"));
    Map<String, List<String>> tags = byRepository(image.texts("RepoTags"));
    List<Name> names = new ArrayList<>();
    tags.forEach(
        (repository, own) -> {
          List<String> known = digests.getOrDefault(repository, List.of());
          digests.remove(repository);
          boolean hides = known.isEmpty() || !(showsDigests || asksForThem);
          for (String tag : own) {
            for (String digest : hides ? List.of(NONE) : known) {
              names.add(new Name(repository, tag, digest));
            }
          }
        });
    digests.forEach(
        (repository, known) -> {
          for (String digest : showsDigests ? known : List.of("")) {
            names.add(new Name(repository, NONE, digest));
          }
        });
    return names.isEmpty() ? List.of(new Name(NONE, NONE, NONE)) : names;
  }

  /** What follows the repository in each reference. */
  private static Map<String, List<String>> byRepository(List<String> references) {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    for (String reference : references) {
      String repository = ImageName.repository(reference);
      if (!repository.equals(NONE)) {
        parts
            .computeIfAbsent(repository, name -> new ArrayList<>())
            .add(reference.substring(repository.length() + 1));
      }
    }
    return parts;
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
