package io.jdocker.runtime.build;

import io.jdocker.images.Image;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** An engine, and builds on it. */
final class BuildFixture implements AutoCloseable {
  private final TestEngine test;
  private String output = "";

  BuildFixture() throws IOException {
    test = TestEngine.open();
  }

  TestEngine test() {
    return test;
  }

  /** What the last build has told. */
  String output() {
    return output;
  }

  /** Builds image {@code made:1} of a Dockerfile alone. */
  Image build(String dockerfile) throws IOException {
    return build(dockerfile, tar -> tar);
  }

  /** Builds image {@code made:1}, with these files beside the Dockerfile. */
  Image build(String dockerfile, UnaryOperator<TarBuilder> files) throws IOException {
    return build(BuildRequest.named("made:1"), dockerfile, files);
  }

  Image build(BuildRequest request, String dockerfile) throws IOException {
    return build(request, dockerfile, tar -> tar);
  }

  Image build(BuildRequest request, String dockerfile, UnaryOperator<TarBuilder> files)
      throws IOException {
    byte[] tar = files.apply(new TarBuilder().file("Dockerfile", dockerfile, 0644)).build();
    StringBuilder text = new StringBuilder();
    try {
      return test.engine()
          .builder()
          .build(request, new ByteArrayInputStream(tar), text::append, new Cancellation());
    } finally {
      output = text.toString();
    }
  }

  /** What a shell command prints in a container of the image. */
  String in(String image, String script) throws Exception {
    TestEngine.Outcome outcome = test.run(Specs.shell(script).spec(image));
    return outcome.stdout() + outcome.stderr();
  }

  /** How many steps of the last build were taken from the cache. */
  long hits() {
    return output.lines().filter(line -> line.equals(" ---> Using cache")).count();
  }

  @Override
  public void close() throws IOException {
    test.close();
  }

  /** Files of every kind, to be copied. */
  static TarBuilder files(TarBuilder tar) {
    return tar.file("a", "A", 0644)
        .file("b.txt", "B", 0600)
        .file("c.txt", "C", 0755)
        .directory("dir", 0711)
        .file("dir/x", "X", 0644)
        .directory("dir/sub", 0755)
        .file("dir/sub/y", "Y", 0644)
        .symlink("link", "a")
        .symlink("dirlink", "dir")
        .symlink("dir/in", "x")
        .file("odd name", "odd", 0644)
        .file("t.tar.gz", gzip(new TarBuilder().file("in/tar", "T", 0644).build()), 0644)
        .file("broken.tar", "not an archive at all", 0644);
  }

  private static byte[] gzip(byte[] content) {
    var out = new java.io.ByteArrayOutputStream();
    try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What the cache remembers of steps that went well is no leak. */
  static Map<String, List<String>> withoutCache(Footprint footprint) {
    Map<String, List<String>> found = new java.util.TreeMap<>(footprint.found());
    found.put(
        "files", found.get("files").stream().filter(file -> !file.contains("/images/")).toList());
    return found;
  }
}
