package io.jdocker.runtime.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Image;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.container.CommitRequest;
import io.jdocker.runtime.container.CommitSettings;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.event.Event;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a container has changed, as diff tells it and commit keeps it. */
final class DiffCommitIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  private String ran(String script) throws Exception {
    Container container = test.start(Specs.shell(script).spec());
    test.awaitExit(container.id().hex());
    return container.id().hex();
  }

  private String diff(String id) {
    return String.join(
        " ",
        test.engine().containers().files().changes(id).stream()
            .map(c -> c.kind().name().charAt(0) + c.path())
            .toList());
  }

  private Image commit(String id, String name, String... changes) {
    return test.engine().containers().commit(id, CommitRequest.named(name).withChanges(changes));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true | ''",
        "touch /new | A/new",
        "mkdir -p /d/e; touch /d/e/f | A/d A/d/e A/d/e/f",
        "echo x >> /etc/passwd | M/etc M/etc/passwd",
        "chmod 600 /etc/group | M/etc M/etc/group",
        "rm /etc/group | M/etc D/etc/group",
        "rm -r /www | D/www",
        "rm -r /www; mkdir /www; touch /www/mine | M/www D/www/index.html A/www/mine",
        "rm -r /www; touch /www | M/www",
        "rm /bin/sleep; mkdir /bin/sleep; touch /bin/sleep/x | M/bin M/bin/sleep A/bin/sleep/x",
        "touch /new; rm /new | ''",
        "ln -s /nowhere /link; mkfifo /pipe | A/link A/pipe",
        "chmod 700 /etc | M/etc",
        "mkdir /a /a-b; touch /a/b | A/a A/a-b A/a/b",
        "mv /www/index.html /www/x | M/www D/www/index.html A/www/x",
      })
  void diffTellsEachKindOfChange(String script, String expected) throws Exception {
    String id = ran(script);
    List<String> wanted = List.of(expected.split(" "));
    assertEquals(
        wanted.stream().sorted().toList(), List.of(diff(id).split(" ")).stream().sorted().toList());
  }

  @Test
  void diffIsSortedByPath() throws Exception {
    assertEquals("A/a A/a-b A/a/b", diff(ran("mkdir /a /a-b; touch /a/b")));
  }

  @Test
  void volumesAndWhatIsMountedOnAreNoChange() throws Exception {
    MountSpec volume =
        new MountSpec(MountSpec.Kind.VOLUME, "vol", "/data/deep", false, "", "", false);
    Container container = test.start(Specs.shell("echo x > /data/deep/file").mount(volume).spec());
    test.awaitExit(container.id().hex());
    assertEquals("", diff(container.id().hex()));
    String beside = "touch /data/beside";
    Container other = test.start(Specs.shell(beside).mount(volume).spec());
    test.awaitExit(other.id().hex());
    assertEquals("A/data A/data/beside", diff(other.id().hex()));
  }

  @Test
  void aCommittedImageHasTheFilesAndNotTheDeletedOnes() throws Exception {
    String id =
        ran("rm -r /www; rm /etc/group; mkdir /etc/x; echo kept > /etc/x/f; chmod 4711 /etc/x/f");
    Image image = commit(id, "made:1");
    assertEquals(List.of("made:1"), image.repoTags());
    assertEquals(2, image.chainIds().size());
    var outcome =
        test.run(
            Specs.shell("cat /etc/x/f; stat -c %a /etc/x/f; ls -d /www /etc/group").spec("made:1"));
    assertEquals("kept\n4711\n", outcome.stdout());
    assertTrue(outcome.stderr().contains("/www: No such file"), outcome.stderr());
    assertTrue(outcome.stderr().contains("/etc/group: No such file"), outcome.stderr());
  }

  @Test
  void whatTheEngineMountedOnIsNotInTheImage() throws Exception {
    Container container = test.start(Specs.run("true").spec());
    test.awaitExit(container.id().hex());
    Image image = commit(container.id().hex(), "empty:1");
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    test.engine().images().save(List.of("empty:1"), archive);
    String layer = image.config().diffIds().get(1).hex();
    assertEquals(
        0, Tars.read(archive.toByteArray()).get("blobs/sha256/" + layer).entry().size() % 512);
    assertEquals(
        1024, Tars.read(archive.toByteArray()).get("blobs/sha256/" + layer).entry().size());
  }

  @Test
  void aFolderMadeAnewHidesWhatTheLayerBelowHasInIt() throws Exception {
    commit(ran("rm -r /www; mkdir /www; echo new > /www/page"), "opaque:1");
    assertEquals("page\n", test.run(Specs.shell("ls -A /www").spec("opaque:1")).stdout());
    commit(ran("true"), "again:1");
    assertEquals("index.html\n", test.run(Specs.shell("ls -A /www").spec("again:1")).stdout());
  }

  @Test
  void hardLinksAndTimesStay() throws Exception {
    commit(
        ran("echo x > /a; ln /a /b; touch -d @1234567890 /a; mkdir /d; touch -d @86400 /d"),
        "links:1");
    assertEquals(
        "2 1234567890\n2 1234567890\n2 86400\n",
        test.run(Specs.shell("stat -c '%h %Y' /a /b /d").spec("links:1")).stdout());
  }

  @Test
  void theImageRunsWhatTheContainerRan() throws Exception {
    Container container =
        test.start(
            Specs.shell("echo $A; id -u; pwd")
                .environment("A=b")
                .user("user")
                .workingDirectory("/tmp")
                .spec());
    test.awaitExit(container.id().hex());
    Image image = commit(container.id().hex(), "same:1");
    assertEquals(List.of("sh", "-c", "echo $A; id -u; pwd"), image.config().cmd());
    assertEquals("user", image.config().user());
    assertEquals("/tmp", image.config().workingDir());
    assertTrue(image.config().env().contains("A=b"), image.config().env().toString());
    assertEquals("b\n1000\n/tmp\n", test.run(Specs.run().spec("same:1")).stdout());
  }

  @Test
  void changesAreApplied() throws Exception {
    Image image =
        commit(
            ran("true"),
            "changed:1",
            "CMD [\"echo\",\"hi\"]",
            "ENV K=v",
            "EXPOSE 80",
            "LABEL a=b",
            "WORKDIR /tmp");
    assertEquals(List.of("echo", "hi"), image.config().cmd());
    assertEquals(List.of("80/tcp"), image.config().exposedPorts());
    assertEquals(Map.of("a", "b"), image.config().labels());
    assertEquals("/tmp", image.config().workingDir());
  }

  @Test
  void aWrongChangeMakesNoImage() throws Exception {
    String id = ran("true");
    Footprint before = test.footprint();
    assertThrows(InvalidArgument.class, () -> commit(id, "bad:1", "RUN ls"));
    assertEquals(Optional.empty(), test.engine().images().find("bad:1"));
    assertEquals(before, test.footprint());
  }

  @Test
  void authorAndCommentAreInTheHistory() throws Exception {
    String id = ran("touch /x");
    Image image =
        test.engine()
            .containers()
            .commit(
                id,
                new CommitRequest(
                    Optional.empty(), "me <m@e>", "why", List.of(), CommitSettings.NONE, false));
    assertTrue(image.dangling());
    assertEquals("me <m@e>", image.config().author());
    var last = image.config().history().get(image.config().history().size() - 1);
    assertEquals("why", last.comment());
    assertEquals("sh -c touch /x", last.createdBy());
    assertEquals("me <m@e>", last.author());
  }

  @Test
  void aRunningContainerIsPausedMeanwhileAndRunsOn() throws Exception {
    Container container = test.start(Specs.shell("echo up; exec sleep 1000").spec());
    test.awaitOutput(container, "up");
    commit(container.id().hex(), "live:1");
    List<String> actions =
        test.engine().events().past().stream()
            .filter(e -> e.type() == Event.Type.CONTAINER)
            .map(Event::action)
            .toList();
    assertEquals(
        List.of("pause", "commit", "unpause"),
        actions.stream().filter(a -> List.of("pause", "commit", "unpause").contains(a)).toList());
    assertEquals("ok\n", test.exec(container, Specs.exec("echo", "ok")).stdout());
  }

  @Test
  void theContainerChangesOnAndTheImageStays() throws Exception {
    Container container = test.start(Specs.shell("echo 1 > /f; echo up; exec sleep 1000").spec());
    test.awaitOutput(container, "up");
    commit(container.id().hex(), "snap:1");
    test.exec(container, Specs.exec("sh", "-c", "echo 2 > /f"));
    assertEquals("1\n", test.run(Specs.run("cat", "/f").spec("snap:1")).stdout());
    commit(container.id().hex(), "snap:2");
    assertEquals("2\n", test.run(Specs.run("cat", "/f").spec("snap:2")).stdout());
  }

  @Test
  void anUnknownContainerIsAnError() {
    assertThrows(NotFound.class, () -> commit("nobody", "x:1"));
    assertThrows(NotFound.class, () -> diff("nobody"));
  }

  @Test
  void anExportHasTheWholeAndNoVolume() throws Exception {
    MountSpec volume = new MountSpec(MountSpec.Kind.VOLUME, "vol", "/data", false, "", "", false);
    Container container =
        test.start(
            Specs.shell("echo x > /data/file; touch /mine; rm /etc/group; echo up; exec sleep 1000")
                .mount(volume)
                .spec());
    test.awaitOutput(container, "up");
    for (boolean running : new boolean[] {true, false}) {
      if (!running) {
        test.engine().containers().kill(container.id().hex(), "KILL");
        test.awaitExit(container.id().hex());
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      test.engine().containers().files().export(container.id().hex(), out);
      Map<String, Tars.Member> members = Tars.read(out.toByteArray());
      assertTrue(members.containsKey("mine"), "running " + running);
      assertTrue(members.containsKey("bin/busybox"), "running " + running);
      assertFalse(members.containsKey("etc/group"), "running " + running);
      assertFalse(members.containsKey("data/file"), "running " + running);
      assertFalse(members.containsKey("proc/self"), "running " + running);
      assertEquals("bin/busybox", members.get("bin/uptime").entry().linkName());
    }
  }
}
