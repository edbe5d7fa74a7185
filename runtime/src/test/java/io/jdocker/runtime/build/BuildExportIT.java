package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Digest;
import io.jdocker.images.ProgressListener;
import io.jdocker.images.tar.TarEntry;
import io.jdocker.images.tar.TarReader;
import io.jdocker.images.testing.TarBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a build gives away, and that two builds of the same are the same. */
final class BuildExportIT {
  private static final String DOCKERFILE =
      """
      FROM busybox AS make
      RUN mkdir -p /o/sub && echo made > /o/sub/f && ln /o/sub/f /o/hard && ln -s f /o/sub/l \
          && chmod 4711 /o/hard
      FROM scratch
      COPY --from=make /o /
      COPY a.sh /bin/
      """;

  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  private record Exported(Digest id, ByteArrayOutputStream tar) {
    byte[] bytes() {
      return tar.toByteArray();
    }
  }

  private static Exported export(BuildFixture on, BuildRequest request, ExportForm form)
      throws IOException {
    byte[] context =
        new TarBuilder().file("Dockerfile", DOCKERFILE, 0644).file("a.sh", "#!/x", 0755).build();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Digest id =
        on.test()
            .engine()
            .builder()
            .export(
                request,
                new ByteArrayInputStream(context),
                text -> {},
                new Cancellation(),
                form,
                out);
    return new Exported(id, out);
  }

  private static List<String> members(byte[] tar) throws IOException {
    List<String> members = new ArrayList<>();
    TarReader reader = new TarReader(new ByteArrayInputStream(tar));
    for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
      TarEntry entry = next.get();
      members.add(
          entry.name() + " " + Integer.toOctalString(entry.mode()) + " " + entry.linkName());
    }
    return members;
  }

  @Test
  void filesComeAsATarAndNoImageStays() throws Exception {
    int before = fixture.test().engine().images().list().size();
    Exported exported = export(fixture, BuildRequest.named("none:1"), ExportForm.ROOTFS);
    assertEquals(
        List.of(
            "./ 755 ",
            "./bin/ 755 ",
            "./bin/a.sh 755 ",
            "./hard 4711 ",
            "./sub/ 755 ",
            "./sub/f 4711 ./hard",
            "./sub/l 777 f"),
        members(exported.bytes()));
    assertEquals(before, fixture.test().engine().images().list().size());
  }

  @Test
  void anArchiveIsAnImageOfThatName() throws Exception {
    int before = fixture.test().engine().images().list().size();
    Exported exported = export(fixture, BuildRequest.named("given:1"), ExportForm.ARCHIVE);
    assertEquals(before, fixture.test().engine().images().list().size());
    assertTrue(members(exported.bytes()).stream().anyMatch(m -> m.startsWith("oci-layout ")));
    try (BuildFixture other = new BuildFixture()) {
      var loaded =
          other
              .test()
              .engine()
              .images()
              .load(new ByteArrayInputStream(exported.bytes()), ProgressListener.NONE);
      assertEquals(1, loaded.size());
      assertEquals(exported.id(), other.test().engine().images().get("given:1").id());
    }
  }

  @Test
  void anImageThatWasThereStays() throws Exception {
    fixture.build(BuildRequest.named("kept:1"), DOCKERFILE, tar -> tar.file("a.sh", "#!/x", 0755));
    Digest kept = fixture.test().engine().images().get("kept:1").id();
    assertEquals(kept, export(fixture, BuildRequest.named("x:1"), ExportForm.ARCHIVE).id());
    assertEquals(kept, fixture.test().engine().images().get("kept:1").id());
    assertTrue(fixture.test().engine().images().find("x:1").isEmpty());
  }

  @Test
  void withAnEpochTwoEnginesGiveTheSameBytes() throws Exception {
    BuildRequest request =
        BuildRequest.named("same:1").withArgument("SOURCE_DATE_EPOCH", "1700000000");
    try (BuildFixture other = new BuildFixture()) {
      for (ExportForm form : ExportForm.values()) {
        Exported first = export(fixture, request, form);
        Exported second = export(other, request.withoutCache(), form);
        assertEquals(first.id(), second.id(), form.toString());
        assertArrayEquals(first.bytes(), second.bytes(), form.toString());
      }
    }
  }
}
