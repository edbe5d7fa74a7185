package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Image;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.testing.Footprint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every instruction, and what comes of it. */
final class BuildIT {
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @Test
  void aWholeBuildTellsWhatDockersDoes() throws Exception {
    Image image =
        fixture.build("FROM busybox\nRUN echo hello > /f && cat /f\nCMD [\"cat\", \"/f\"]\n");
    List<String> lines = fixture.output().lines().toList();
    assertEquals("Step 1/3 : FROM busybox", lines.get(0));
    assertTrue(lines.get(1).matches(" ---> [0-9a-f]{12}"), lines.get(1));
    assertEquals("Step 2/3 : RUN echo hello > /f && cat /f", lines.get(2));
    assertTrue(lines.get(3).matches(" ---> Running in [0-9a-f]{12}"), lines.get(3));
    assertEquals("hello", lines.get(4));
    assertTrue(lines.get(5).matches("Removing intermediate container [0-9a-f]{12}"));
    assertEquals("Step 3/3 : CMD [\"cat\", \"/f\"]", lines.get(7));
    assertEquals(" ---> " + image.id().shortHex(), lines.get(lines.size() - 1));
    assertEquals(List.of("cat", "/f"), image.config().cmd());
    assertEquals("hello\n", fixture.in("made:1", "cat /f"));
    assertEquals(List.of("made:1"), image.repoTags());
  }

  @Test
  void settingsAreInTheConfiguration() throws Exception {
    Image image =
        fixture.build(
            """
            FROM busybox
            MAINTAINER me
            ENV A=1 B="two words" C='$A'
            ENV D=$A/${B}-${X:-none}
            LABEL l="$A" m=x
            EXPOSE 80 53/udp
            VOLUME /data
            USER user
            WORKDIR /w
            WORKDIR sub/$A
            STOPSIGNAL SIGQUIT
            HEALTHCHECK --interval=5s CMD true
            SHELL ["/bin/sh", "-ec"]
            ENTRYPOINT ["/bin/echo"]
            CMD say it
            ONBUILD RUN touch /built
            """);
    var config = image.config();
    assertEquals(List.of("A=1", "B=two words", "C=$A", "D=1/two words-none"), config.env());
    assertEquals(Map.of("l", "1", "m", "x"), config.labels());
    assertEquals(List.of("80/tcp", "53/udp"), config.exposedPorts());
    assertEquals(List.of("/data"), config.volumes());
    assertEquals("user", config.user());
    assertEquals("/w/sub/1", config.workingDir());
    assertEquals("SIGQUIT", config.stopSignal());
    assertEquals(List.of("CMD-SHELL", "true"), config.healthcheck().orElseThrow().test());
    assertEquals(List.of("/bin/sh", "-ec"), config.shell());
    assertEquals(List.of("/bin/echo"), config.entrypoint());
    assertEquals(List.of("/bin/sh", "-ec", "say it"), config.cmd());
    assertEquals(List.of("RUN touch /built"), config.onBuild());
    assertEquals("me", config.author());
    assertEquals(
        config.diffIds().size(),
        config.history().stream().filter(entry -> !entry.emptyLayer()).count());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "RUN mkdir -p /x && echo a > /x/y | cat /x/y | a",
        "RUN [\"/bin/sh\", \"-c\", \"echo exec > /f\"] | cat /f | exec",
        "ENV A=b\\nRUN echo $A > /f | cat /f | b",
        "ARG A=def\\nRUN echo $A > /f | cat /f; echo [$A] | def []",
        "ARG A=arg\\nENV A=env\\nRUN echo $A > /f | cat /f | env",
        "WORKDIR /a/b\\nRUN pwd > /f | cat /f; pwd | /a/b /a/b",
        "USER user\\nRUN id -u > /tmp/f\\nUSER root | cat /tmp/f; id -u | 1000 0",
        "RUN rm -r /www | ls /www 2>&1 | ls: /www: No such file or directory",
        "RUN rm -r /www; mkdir /www; touch /www/n\\nRUN ls /www > /f | cat /f | n",
        "SHELL [\"/bin/sh\", \"-ec\"]\\nRUN echo $- > /f | grep -c e /f | 1",
        "VOLUME /v\\nRUN mkdir /v; echo kept > /v/f | cat /v/f | kept",
        "RUN echo a > /f # no comment | cat /f | a",
        "RUN cat <<EOF > /f\\none\\ntwo\\nEOF | cat /f | one two",
        "RUN <<EOF\\necho one > /f\\necho two >> /f\\nEOF | cat /f | one two",
        "RUN <<-EOF\\n\\techo tabs > /f\\n\\tEOF | cat /f | tabs",
        "RUN cat <<A > /a && cat <<B > /b\\n1\\nA\\n2\\nB | cat /a /b | 1 2",
        "RUN cat <<'EOF' > /f\\n$HOME\\nEOF | cat /f | $HOME",
        "COPY <<EOF /c\\nx\\nEOF | cat /c | x",
        "ENV V=val\\nCOPY <<EOF <<\"RAW\" /d/\\n$V\\nEOF\\n$V\\nRAW | cat /d/EOF /d/RAW | val $V",
        "RUN --network=none ip link > /f | grep -c LOOPBACK /f | 1",
        "RUN --mount=type=tmpfs,target=/t touch /t/x && ls /t > /f | cat /f | x",
        "RUN echo a \\\\\\n  && echo b > /f | cat /f | b",
      })
  void instructionsChangeTheImage(String dockerfile, String script, String expected)
      throws Exception {
    String text = dockerfile.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\");
    fixture.build("FROM busybox\n" + text + "\n");
    String got = fixture.in("made:1", script).strip().replace("\n", " ");
    assertEquals(expected, got, fixture.output());
  }

  @Test
  void aFailingCommandTellsItsExitCode() throws Exception {
    fixture.build("FROM busybox\nRUN true\n");
    Footprint before = fixture.test().footprint();
    CommandFailed e =
        assertThrows(
            CommandFailed.class,
            () ->
                fixture.build(
                    BuildRequest.named("bad:1"), "FROM busybox\nRUN echo oops; exit 3\n"));
    assertEquals(3, e.exitCode());
    assertEquals(
        "The command '/bin/sh -c echo oops; exit 3' returned a non-zero code: 3", e.getMessage());
    assertTrue(fixture.output().contains("oops\n"), fixture.output());
    assertEquals(
        BuildFixture.withoutCache(before), BuildFixture.withoutCache(fixture.test().footprint()));
    assertTrue(fixture.test().engine().containers().list().isEmpty());
  }

  @Test
  void stagesPassFilesOn() throws Exception {
    Image image =
        fixture.build(
            """
            FROM busybox AS first
            RUN echo made > /product
            FROM busybox as unused
            RUN exit 7
            FROM first AS second
            RUN echo more >> /product
            FROM scratch
            COPY --from=second /product /p
            COPY --from=0 /product /q
            COPY --from=FIRST /etc/passwd /etc/
            COPY --from=busybox /bin/busybox /bin/sh
            COPY --from=busybox /bin/busybox /bin/cat
            """);
    assertFalse(fixture.output().contains("exit 7"), "an unused stage was built");
    assertEquals("made\nmore\nmade\n", fixture.in("made:1", "cat /p /q"));
    assertEquals(5, image.config().diffIds().size());
    assertTrue(
        fixture.output().startsWith("Step 1/10 : FROM busybox AS first\n"), fixture.output());
  }

  @Test
  void aTargetEndsTheBuildThere() throws Exception {
    String dockerfile = "FROM busybox AS a\nRUN touch /a\nFROM busybox AS b\nRUN exit 1\n";
    fixture.build(BuildRequest.named("made:1").withTarget("a"), dockerfile);
    assertEquals("/a\n", fixture.in("made:1", "ls /a"));
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () -> fixture.build(BuildRequest.named("made:1").withTarget("c"), dockerfile));
    assertEquals("target stage \"c\" could not be found", e.getMessage());
  }

  @Test
  void triggersRunInTheChildAndNotInItsChildren() throws Exception {
    fixture.build(
        BuildRequest.named("parent:1"),
        "FROM busybox\nONBUILD COPY a /a\nONBUILD RUN echo 1 >> /n\n");
    fixture.build(BuildRequest.named("child:1"), "FROM parent:1\n", BuildFixture::files);
    assertTrue(fixture.output().contains("# Executing 2 build triggers\n"), fixture.output());
    fixture.build(BuildRequest.named("grandchild:1"), "FROM child:1\n");
    assertEquals("A1\n", fixture.in("grandchild:1", "cat /a /n"));
  }

  @Test
  void argumentsHaveTheirScopes() throws Exception {
    String dockerfile =
        """
        ARG BASE=nosuch
        ARG GLOBAL=g
        FROM $BASE
        ARG OWN=o
        ARG GLOBAL
        RUN echo "[$OWN][$GLOBAL][$BASE][$http_proxy]" > /f
        FROM busybox
        COPY --from=0 /f /f
        RUN echo "[$OWN]" >> /f
        """;
    BuildRequest request =
        BuildRequest.named("made:1")
            .withArgument("BASE", "busybox")
            .withArgument("OWN", "given")
            .withArgument("http_proxy", "http://p:1")
            .withArgument("NOBODY", "wants it");
    Image image = fixture.build(request, dockerfile);
    assertEquals("[given][g][][http://p:1]\n[]\n", fixture.in("made:1", "cat /f"));
    assertTrue(
        fixture.output().contains("[Warning] One or more build-args [NOBODY] were not consumed"));
    assertFalse(image.config().history().toString().contains("http://p:1"));
  }

  @Test
  void anEntrypointTakesTheBasesCommandAway() throws Exception {
    fixture.build(BuildRequest.named("base:1"), "FROM busybox\nCMD [\"base\"]\n");
    assertEquals(List.of(), fixture.build("FROM base:1\nENTRYPOINT [\"e\"]\n").config().cmd());
    assertEquals(
        List.of("own"),
        fixture.build("FROM base:1\nCMD [\"own\"]\nENTRYPOINT [\"e\"]\n").config().cmd());
  }

  @Test
  void bindsAndCachesAreMountedForTheStepAlone() throws Exception {
    String dockerfile =
        """
        FROM busybox AS other
        RUN mkdir /o; echo stage > /o/f
        FROM busybox
        RUN --mount=type=bind,target=/ctx --mount=type=bind,from=other,source=/o,target=/o \
            cat /ctx/a /o/f > /f; touch /ctx/x 2>> /f; true
        RUN --mount=type=cache,target=/cache echo 1 >> /cache/n
        RUN --mount=type=cache,target=/other,id=/cache,sharing=locked cat /other/n > /n
        """;
    fixture.build(dockerfile, BuildFixture::files);
    String seen = fixture.in("made:1", "cat /f /n; ls /ctx /cache /o");
    assertTrue(seen.startsWith("Astage\ntouch: /ctx/x: Read-only file system\n1\n"), seen);
    assertFalse(seen.contains("Dockerfile"), seen);
    fixture.build(BuildRequest.named("made:1").withoutCache(), dockerfile, BuildFixture::files);
    assertEquals("1\n1\n", fixture.in("made:1", "cat /n"));
  }

  @Test
  void labelsOfTheRequestAreAdded() throws Exception {
    BuildRequestEditor editor = new BuildRequestEditor(BuildRequest.named("made:1"));
    editor.labels.put("ci", "42");
    BuildRequest request = editor.request();
    assertEquals(Map.of("ci", "42"), fixture.build(request, "FROM busybox\n").config().labels());
  }
}
