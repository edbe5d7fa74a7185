package io.jdocker.images;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The folders of one overlay mount, all absolute.
 *
 * @param lower read-only layers, top one first, at least one
 * @param upper where changes go
 * @param work overlayfs' own folder, beside upper
 */
public record OverlayMount(List<Path> lower, Path upper, Path work) {
  // Distribution kernels may default these on. With metacopy or redirect_dir the upper folder alone
  // no longer tells what changed, so that diff, commit and export would lose data.
  private static final String FIXED = ",index=off,metacopy=off,redirect_dir=off";

  /** mount(2)'s data. It takes at most 4095 bytes: see {@link #options(Path)}. */
  public String options() {
    return render(path -> path);
  }

  /**
   * As {@link #options()}, with paths relative to a folder that the caller makes its working
   * directory first: a third of the length, so that 128 layers fit below any root.
   */
  public String options(Path workingDirectory) {
    return render(workingDirectory::relativize);
  }

  private String render(UnaryOperator<Path> form) {
    String lowers =
        lower.stream().map(form).map(OverlayMount::escaped).collect(Collectors.joining(":"));
    return "lowerdir="
        + lowers
        + ",upperdir="
        + escaped(form.apply(upper))
        + ",workdir="
        + escaped(form.apply(work))
        + FIXED;
  }

  /** Colon separates layers and comma options, so overlayfs wants them escaped in a path. */
  private static String escaped(Path path) {
    return path.toString().replace("\\", "\\\\").replace(":", "\\:").replace(",", "\\,");
  }
}
