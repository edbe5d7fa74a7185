package io.jdocker.runtime.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.runtime.testing.Footprint;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COPY and ADD: which files, whereto, whose; and what is wrong with others. */
final class CopyInstructionIT {
  private BuildFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new BuildFixture();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "COPY a /new | cat /new | A",
        "COPY a /deep/er/new | cat /deep/er/new; stat -c %a /deep | A755",
        "COPY a /tmp | cat /tmp/a | A",
        "COPY a /made/ | cat /made/a | A",
        "COPY ./a /../new | cat /new | A",
        "COPY ../../a /new | cat /new | A",
        "WORKDIR /w\\nCOPY a . | cat /w/a | A",
        "WORKDIR /w\\nCOPY a sub/b | cat /w/sub/b | A",
        "COPY *.txt /t/ | ls /t | b.txt c.txt",
        "COPY [a-b]* /t/ | ls /t | a b.txt broken.tar",
        "COPY a b.txt /t/ | ls /t | a b.txt",
        "COPY dir /d | find /d -type f | sort",
        "COPY dir /d/ | cat /d/sub/y; readlink /d/in | Yx",
        "COPY dir/ /d | ls /d | in sub x",
        "COPY dir* /d/ | ls /d | in sub x",
        "COPY link /l | cat /l; test -L /l && echo link | A",
        "COPY dirlink /d | ls /d | in sub x",
        "COPY dirlink/x /d | cat /d | X",
        "COPY [\"odd name\", \"/with blank\"] | cat '/with blank' | odd",
        "COPY b.txt c.txt /t/ | stat -c %a:%u:%g /t/b.txt /t/c.txt | 600:0:0 755:0:0",
        "COPY --chown=user a /t/a | stat -c %u:%g /t /t/a | 1000:1000 1000:1000",
        "COPY --chown=user:staff a /a | stat -c %u:%g /a | 1000:50",
        "COPY --chown=7 a /a | stat -c %u:%g /a | 7:7",
        "COPY --chown=7:8 dir /d | stat -c %u:%g /d/sub/y | 7:8",
        "COPY --chmod=4711 a /a | stat -c %a /a | 4711",
        "COPY --chmod=u=rwX,go=rX b.txt c.txt /d/ | stat -c %a /d/b.txt /d/c.txt | 644 755",
        "COPY --chmod=700 dir /d | stat -c %a /d/sub /d/x | 700 700",
        "COPY --parents dir/sub/y a /p/ | find /p -type f | sort",
        "COPY --parents dir/./sub/y /p/ | find /p -type f | /p/sub/y",
        "COPY --exclude=**/sub --exclude=*.txt . /all/ | ls /all /all/dir | grep -c txt",
        "COPY --exclude=sub dir /d | ls /d | in x",
        "COPY --link a /l | cat /l | A",
        "COPY . /all/ | ls /all | wc -l",
        "ADD a /new | cat /new | A",
        "ADD t.tar.gz /u | cat /u/in/tar | T",
        "ADD t.tar.gz /u/ | ls /u | in",
        "ADD broken.tar /u/ | cat /u/broken.tar | not an archive at all",
        "COPY t.tar.gz /u/ | ls /u | t.tar.gz",
        "RUN ln -s /etc /s\\nCOPY a /s/ | cat /etc/a | A",
        "RUN ln -s /www/index.html /s\\nCOPY a /s | cat /s; test -L /s && echo link | A",
        "RUN mkdir -p /usr/lib2; ln -s usr/lib2 /lib2; mkdir /t\\nCOPY dir /lib2/ | ls /usr/lib2 | in sub x",
      })
  void copiesFollowDockersRules(String dockerfile, String script, String expected)
      throws Exception {
    String text = dockerfile.replace("\\n", "\n");
    fixture.build("FROM busybox\n" + text + "\n", BuildFixture::files);
    String command = script.replace("\\|", "|");
    String wanted = expected == null ? "" : expected;
    String got = fixture.in("made:1", command).strip().replace("\n", " ");
    switch (wanted) {
      case "sort" -> assertTrue(got.contains("sub/y"), got);
      case "grep -c txt" -> assertFalse(got.contains("txt") || got.contains("sub"), got);
      case "wc -l" -> assertTrue(got.contains("Dockerfile") && got.contains("odd name"), got);
      default -> assertEquals(wanted, got, fixture.output());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "COPY nope / | file not found in build context or excluded by .dockerignore: stat nope",
        "COPY nope* / | file not found in build context",
        "COPY a b.txt /t | the destination must be a directory and end with a /",
        "COPY dir /etc/passwd | cannot copy to non-directory",
        "COPY --from=localhost:1/nostage a / | localhost:1",
        "COPY --from=7 a / | there is no such stage",
        "COPY --chown=nobody7 a / | unable to find user nobody7",
        "COPY --chmod=9 a / | invalid chmod parameter",
        "ADD git@example.com:x/y.git /g | git repository is not supported",
        "ADD https://example.com/x.git /g | git repository is not supported",
        "RUN --mount=type=secret,id=x,required true | secret x: not found",
        "RUN --mount=type=bind,source=nope,target=/t true | not found",
        "RUN --mount=type=nope,target=/t true | unsupported mount type",
        "RUN --mount=type=tmpfs true | needs a target",
        "USER nobody7\\nRUN true | unable to find user nobody7",
        "WORKDIR /etc/passwd/x | ",
        "ENV A=\"${B:?must be set}\" | B: must be set",
        "EXPOSE $X0 | invalid containerPort",
      })
  void faultsAreNamedAndNothingIsLeft(String dockerfile, String message) throws Exception {
    fixture.build("FROM busybox\nRUN true\n");
    Footprint before = fixture.test().footprint();
    EngineException e =
        assertThrows(
            EngineException.class,
            () ->
                fixture.build(
                    BuildRequest.named("bad:1"),
                    "FROM busybox\n" + dockerfile.replace("\\n", "\n") + "\n",
                    BuildFixture::files));
    assertTrue(e.getMessage().contains(message == null ? "" : message), e.getMessage());
    assertEquals(Optional.empty(), fixture.test().engine().images().find("bad:1"));
    assertEquals(
        BuildFixture.withoutCache(before), BuildFixture.withoutCache(fixture.test().footprint()));
  }

  @Test
  void ignoredFilesAreNotCopied() throws Exception {
    fixture.build(
        "FROM busybox\nCOPY . /all/\n",
        tar ->
            BuildFixture.files(tar)
                .file(
                    ".dockerignore",
                    "# comment\n*.txt\n!c.txt\ndir/sub\nDockerfile\n**/x\n",
                    0644));
    assertEquals(
        ".dockerignore a broken.tar c.txt dir dirlink link odd name t.tar.gz in",
        fixture.in("made:1", "cd /all; ls -A; ls dir").strip().replace("\n", " "));
  }

  @Test
  void anIgnoredFileIsNotThereToBeCopied() {
    InvalidArgument e =
        assertThrows(
            InvalidArgument.class,
            () ->
                fixture.build(
                    "FROM busybox\nCOPY b.txt /\n",
                    tar -> BuildFixture.files(tar).file(".dockerignore", "*.txt\n", 0644)));
    assertTrue(e.getMessage().contains("excluded by .dockerignore"), e.getMessage());
    assertTrue(e.getMessage().contains("2 | COPY b.txt /\n"), e.getMessage());
  }

  @Test
  void aHardLinkWhoseFirstNameIsLeftOutIsTheFile() throws Exception {
    fixture.build(
        "FROM busybox\nCOPY --exclude=one d /d/\n",
        tar -> tar.directory("d", 0755).file("d/one", "content", 0644).hardLink("d/two", "d/one"));
    assertEquals("two\ncontent", fixture.in("made:1", "ls /d; cat /d/two"));
  }
}
