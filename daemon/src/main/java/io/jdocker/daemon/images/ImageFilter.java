package io.jdocker.daemon.images;

import io.jdocker.daemon.http.Filters;
import io.jdocker.daemon.http.LabelFilter;
import io.jdocker.daemon.http.Query;
import io.jdocker.daemon.http.Until;
import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.ImageStore;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** The filters of {@code docker images}. */
record ImageFilter(
    Filters filters,
    Optional<Boolean> dangling,
    Optional<Instant> before,
    Optional<Instant> since,
    List<PathMatcher> references)
    implements Predicate<Image> {
  private static final Set<String> NAMES =
      Set.of("before", "dangling", "label", "label!", "reference", "since", "until");

  static ImageFilter of(Query query, ImageStore images) {
    Filters filters = Filters.of(query, NAMES);
    Optional<Instant> before = created(filters, "before", images);
    Optional<Instant> until = Until.of(filters, Clock.systemUTC());
    return new ImageFilter(
        filters,
        filters.flag("dangling"),
        before.isPresent() ? before : until,
        created(filters, "since", images),
        filters.get("reference").stream().map(ImageFilter::matcher).toList());
  }

  private static PathMatcher matcher(String pattern) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new InvalidArgument("Invalid filter 'reference=" + pattern + "'", e);
    }
  }

  private static Optional<Instant> created(Filters filters, String name, ImageStore images) {
    return filters.get(name).stream().findFirst().map(image -> images.get(image).created());
  }

  @Override
  public boolean test(Image image) {
    return dangling.map(wanted -> wanted == image.dangling()).orElse(true)
        && before.map(time -> image.created().isBefore(time)).orElse(true)
        && since.map(time -> image.created().isAfter(time)).orElse(true)
        && LabelFilter.matches(filters, image.config().labels())
        && (references.isEmpty() || references.stream().anyMatch(r -> hasName(image, r)));
  }

  /** A pattern without a tag fits every tag; a star does not cross a slash. */
  private static boolean hasName(Image image, PathMatcher matcher) {
    for (String tag : image.repoTags()) {
      String repository = ImageReference.parse(tag).familiarName();
      if (matcher.matches(Path.of(tag)) || matcher.matches(Path.of(repository))) {
        return true;
      }
    }
    return false;
  }
}
