package io.jdocker.images;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.inventory.FileRecord;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.FileCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An image goes through other people's tools and comes back: the same digests, and the same files
 * with their set-id bits, capabilities, attributes, links and devices.
 */
class InteropIT {
  private static final String CAPABILITY = "\1\0\0\2\0\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

  @TempDir Path root;
  private StoreFixture fixture;
  private StoreFixture other;
  private Image image;
  private Path archive;

  @BeforeEach
  void setUp() throws IOException {
    fixture = new StoreFixture(root.resolve("a"));
    other = new StoreFixture(root.resolve("b"));
    image = loaded(fixture.load(Archives.docker("odd:1", base(), upper())), fixture);
    archive = root.resolve("odd.tar");
    Files.write(archive, fixture.save("odd:1"));
  }

  @AfterEach
  void tearDown() {
    fixture.close();
    other.close();
  }

  private static Image loaded(List<LoadedImage> images, StoreFixture by) {
    return by.store().get(images.get(0).id().toString());
  }

  /** What a distribution's root file system has beside plain files. */
  private static byte[] base() {
    TarArchiveEntry device = new TarArchiveEntry("dev/null", TarConstants.LF_CHR);
    device.setDevMajor(1);
    device.setDevMinor(3);
    device.setMode(0666);
    TarArchiveEntry pipe = new TarArchiveEntry("run/pipe", TarConstants.LF_FIFO);
    pipe.setMode(0600);
    TarArchiveEntry owned = new TarArchiveEntry("big-owner");
    owned.setUserId(3_000_000_000L);
    owned.setGroupId(1 << 21);
    owned.setModTime(-5000L);
    return new TarBuilder()
        .directory("bin", 0755)
        .file("bin/su", "set-uid", 04755)
        .hardLink("bin/su2", "bin/su")
        .symlink("sbin", "bin")
        .directory("tmp", 01777)
        .directory("dev", 0755)
        .add(device, new byte[0])
        .directory("run", 0755)
        .add(pipe, new byte[0])
        .file("bin/ping", "capable", Map.of("SCHILY.xattr.security.capability", CAPABILITY))
        .file("noted", "x", Map.of("SCHILY.xattr.user.note", "value"))
        .add(owned, "owned".getBytes(StandardCharsets.UTF_8))
        .file("n".repeat(200) + "/" + "m".repeat(200), "long", 0644)
        .file("odd name é\n", "odd", 0600)
        .directory("gone", 0755)
        .file("gone/f", "deleted above", 0644)
        .build();
  }

  private static byte[] upper() {
    return new TarBuilder()
        .file("gone/.wh.f", "", 0644)
        .file("bin/su", "newer", 02755)
        .directory("tmp/.wh..wh..opq", 0755)
        .build();
  }

  private static void run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), String.join(" ", words));
    assertEquals(0, process.exitValue(), String.join(" ", words) + ": " + output);
  }

  /** All files of an image's layers as they are on disk. */
  private static Map<String, String> tree(StoreFixture of, Image image) throws IOException {
    Map<String, String> files = new TreeMap<>();
    int number = 0;
    for (ImageLayer layer : of.store().layers(image)) {
      number++;
      try (Stream<Path> all = Files.walk(layer.folder())) {
        for (Path file : all.toList()) {
          files.put(number + ":" + layer.folder().relativize(file), shown(of, file));
        }
      }
    }
    return files;
  }

  private static String shown(StoreFixture of, Path file) throws IOException {
    Map<String, Object> a =
        Files.readAttributes(file, "unix:mode,uid,gid,nlink,rdev", LinkOption.NOFOLLOW_LINKS);
    FileCalls calls = of.kernel().files();
    StringBuilder text =
        new StringBuilder(
            "%o %s:%s %s"
                .formatted((Integer) a.get("mode"), a.get("uid"), a.get("gid"), a.get("rdev")));
    if (Files.isSymbolicLink(file)) {
      return text.append(" -> ").append(Files.readSymbolicLink(file)).toString();
    }
    boolean whiteout = "%o %s".formatted((Integer) a.get("mode"), a.get("rdev")).equals("20000 0");
    if (!whiteout) {
      text.append(" ").append(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS));
    }
    if (Files.isRegularFile(file)) {
      text.append(" x").append(a.get("nlink")).append(' ').append(Files.readString(file));
    }
    if (Files.isRegularFile(file) || Files.isDirectory(file)) {
      for (String name : calls.attributes(file.toString())) {
        byte[] value = calls.attribute(file.toString(), name).orElseThrow();
        text.append(' ').append(name).append('=').append(HexFormat.of().formatHex(value));
      }
    }
    return text.toString();
  }

  private void assertCameBack(Path archived, boolean sameId) throws IOException {
    Image back;
    try (InputStream in = Files.newInputStream(archived)) {
      back = loaded(other.store().load(in, ProgressListener.NONE), other);
    }
    assertEquals(image.config().diffIds(), back.config().diffIds());
    if (sameId) {
      assertEquals(image.id(), back.id());
    }
    assertEquals(tree(fixture, image), tree(other, back));
    assertEquals(List.of(), other.store().check(false).problems());
  }

  @Test
  void theImageItselfHasAllOfIt() throws IOException {
    Map<String, String> tree = tree(fixture, image);
    assertTrue(tree.get("1:bin/su").contains(" x2 set-uid"), tree.toString());
    assertTrue(tree.get("1:bin/ping").contains("security.capability=0100000200040000"));
    assertTrue(tree.get("1:dev/null").startsWith("20666 0:0 259"), tree.get("1:dev/null"));
    List<String> kinds = new ArrayList<>();
    fixture
        .store()
        .explain(image)
        .layers()
        .get(0)
        .changes()
        .forEach(change -> kinds.add(change.file().kind().word()));
    for (FileRecord.Kind kind : FileRecord.Kind.values()) {
      boolean layered = kind == FileRecord.Kind.HIDDEN || kind == FileRecord.Kind.OPAQUE;
      assertTrue(layered || kinds.contains(kind.word()), kind + " in " + kinds);
    }
  }

  /** What skopeo makes of our archive in each of its forms, we read again. */
  @ParameterizedTest
  @CsvSource({
    "docker-archive:IN, docker-archive:OUT:back:1",
    "oci-archive:IN, oci-archive:OUT:back",
    "docker-archive:IN, oci-archive:OUT:back",
    "oci-archive:IN, docker-archive:OUT:back:1",
  })
  void throughSkopeo(String from, String to) throws Exception {
    Path out = root.resolve("out.tar");
    run(
        "skopeo",
        "copy",
        "--insecure-policy",
        from.replace("IN", archive.toString()),
        to.replace("OUT", out.toString()));
    assertCameBack(out, from.startsWith("docker") == to.startsWith("docker"));
  }

  /** A layout as a folder, packed by tar as people do. */
  @Test
  void throughALayoutThatTarPacks() throws Exception {
    Path layout = root.resolve("layout");
    run("skopeo", "copy", "--insecure-policy", "oci-archive:" + archive, "oci:" + layout + ":back");
    Path out = root.resolve("out.tar");
    run("tar", "-C", layout.toString(), "-cf", out.toString(), ".");
    assertCameBack(out, true);
  }

  /** The tools of Debian that the usual run does not install. */
  @Tag("nightly")
  @ParameterizedTest
  @CsvSource({"podman, docker-archive", "podman, oci-archive", "buildah, docker-archive"})
  void throughStorageOfContainers(String tool, String form) throws Exception {
    List<String> base =
        List.of(
            tool,
            "--root",
            root.resolve("storage").toString(),
            "--runroot",
            root.resolve("run").toString(),
            "--storage-driver",
            "vfs");
    Path out = root.resolve("out.tar");
    run(with(base, "pull", "-q", "docker-archive:" + archive));
    List<String> push =
        tool.equals("podman")
            ? List.of("save", "-q", "--format", form, "-o", out.toString(), "odd:1")
            : List.of("push", "-q", "odd:1", form + ":" + out + ":odd:1");
    run(with(base, push.toArray(new String[0])));
    assertCameBack(out, false);
  }

  private static String[] with(List<String> base, String... more) {
    List<String> words = new ArrayList<>(base);
    words.addAll(List.of(more));
    return words.toArray(new String[0]);
  }

  /** umoci unpacks what we save to what we unpack ourselves. */
  @Tag("nightly")
  @Test
  void umociUnpacksTheSameFiles() throws Exception {
    Path layout = Files.createDirectory(root.resolve("layout"));
    run("tar", "-C", layout.toString(), "-xf", archive.toString());
    Path files = root.resolve("files");
    run("umoci", "raw", "unpack", "--image", layout + ":1", files.toString());
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    seen.writeBytes(Files.readAllBytes(files.resolve("bin/su")));
    assertEquals("newer", seen.toString(StandardCharsets.UTF_8));
    assertEquals(false, Files.exists(files.resolve("gone/f")));
    assertEquals(0102755, (Integer) Files.getAttribute(files.resolve("bin/su"), "unix:mode"));
  }
}
