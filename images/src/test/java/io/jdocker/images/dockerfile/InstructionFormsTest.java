package io.jdocker.images.dockerfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.linux.failure.InvalidArgument;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of the 18 instructions: what is read of it, and which word of a wrong one is marked. */
final class InstructionFormsTest {
  private static Instruction one(String line) {
    Dockerfile file = Dockerfile.parse((line.startsWith("FROM") ? "" : "FROM x\n") + line + "\n");
    Dockerfile.Stage stage = file.stages().get(0);
    return stage.instructions().isEmpty() ? stage.from() : stage.instructions().get(0);
  }

  /** The fields of an instruction that a table can show, in their order. */
  private static String shown(Instruction instruction) {
    if (instruction instanceof Instruction.From from) {
      return from.platform() + ";" + from.image() + ";" + from.alias().orElse("-");
    } else if (instruction instanceof Instruction.Expose expose) {
      return String.join(";", expose.ports());
    } else if (instruction instanceof Instruction.Volume volume) {
      return String.join(";", volume.paths());
    } else if (instruction instanceof Instruction.Shell shell) {
      return String.join(";", shell.words());
    } else if (instruction instanceof Instruction.User user) {
      return user.name();
    } else if (instruction instanceof Instruction.Workdir folder) {
      return folder.path();
    } else if (instruction instanceof Instruction.StopSignal signal) {
      return signal.signal();
    } else if (instruction instanceof Instruction.Maintainer maintainer) {
      return maintainer.name();
    } else if (instruction instanceof Instruction.OnBuild trigger) {
      return trigger.trigger();
    } else if (instruction instanceof Instruction.HealthCheck check) {
      return check.check();
    } else if (instruction instanceof Instruction.Entrypoint entrypoint) {
      return entrypoint.command().shell() + ";" + String.join(";", entrypoint.command().words());
    } else if (instruction instanceof Instruction.Run run) {
      return run.command().shell() + ";" + String.join(";", run.command().words());
    } else if (instruction instanceof Instruction.Copy copy) {
      return String.join(";", copy.sources()) + ">" + copy.target();
    }
    throw new AssertionError("not in this table: " + instruction);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM a | ;a;-",
        "FROM a:1@sha256:0 | ;a:1@sha256:0;-",
        "FROM scratch as Base | ;scratch;base",
        "FROM --platform=linux/amd64 a AS b | linux/amd64;a;b",
        "FROM --platform=$BUILDPLATFORM ${IMAGE:-a}:$V | $BUILDPLATFORM;${IMAGE:-a}:$V;-",
        "FROM   a   AS\tb | ;a;b",
        "EXPOSE 80 | 80",
        "EXPOSE 80/tcp 53/udp $P | 80/tcp;53/udp;$P",
        "EXPOSE 8000-8010 | 8000-8010",
        "VOLUME /a | /a",
        "VOLUME /a /b | /a;/b",
        "VOLUME [\"/a b\", \"/c\"] | /a b;/c",
        "VOLUME $V | $V",
        "USER root | root",
        "USER 1000:1000 | 1000:1000",
        "USER \"a b\" | \"a b\"",
        "WORKDIR /a | /a",
        "WORKDIR a b | a b",
        "WORKDIR $HOME/x | $HOME/x",
        "STOPSIGNAL SIGTERM | SIGTERM",
        "STOPSIGNAL 9 | 9",
        "STOPSIGNAL $S | $S",
        "MAINTAINER A B <a@b> | A B <a@b>",
        "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"] | /bin/bash;-o;pipefail;-c",
        "ONBUILD RUN a | RUN a",
        "ONBUILD copy --from=b a /c | copy --from=b a /c",
        "ONBUILD   ENV a=b | ENV a=b",
        "HEALTHCHECK NONE | NONE",
        "HEALTHCHECK none | none",
        "HEALTHCHECK --interval=5s --retries=0 CMD a b | --interval=5s --retries=0 CMD a b",
        "ENTRYPOINT a b | true;a b",
        "ENTRYPOINT [\"a\", \"b\"] | false;a;b",
        "ENTRYPOINT [] | false;",
        "RUN a | true;a",
        "RUN [\"a\", \"b c\"] | false;a;b c",
        "RUN --network=host a --network=none | true;a --network=none",
        "RUN --mount=type=cache,target=\"/a b\" x | true;x",
        "RUN [ -f a ] && b | true;[ -f a ] && b",
        "COPY a b | a>b",
        "COPY a b c/ | a;b>c/",
        "COPY [\"a b\", \"c\"] | a b>c",
        "COPY --from=x --chown=$U:$G a b | a>b",
        "COPY a\\ b c | a\\ b>c",
        "COPY -- --a b | --a>b",
        "ADD https://example.com/a /b | https://example.com/a>/b",
        "ADD --checksum=sha256:0 --chmod=600 a b | a>b",
        "ADD --keep-git-dir a b | a>b",
      })
  void itsPartsAreRead(String line, String expected) {
    assertEquals(expected, shown(one(line)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ADD a b",
        "ARG a",
        "CMD a",
        "COPY a b",
        "ENTRYPOINT a",
        "ENV a=b",
        "EXPOSE 1",
        "FROM a",
        "HEALTHCHECK NONE",
        "LABEL a=b",
        "MAINTAINER a",
        "ONBUILD RUN a",
        "RUN a",
        "SHELL [\"a\"]",
        "STOPSIGNAL 1",
        "USER a",
        "VOLUME a",
        "WORKDIR a"
      })
  void theCaseOfItsNameDoesNotMatter(String line) {
    int blank = line.indexOf(' ');
    String name = line.substring(0, blank);
    String mixed = name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    for (String other : List.of(name.toLowerCase(Locale.ROOT), mixed)) {
      List<Dockerfile.Stage> stages =
          Dockerfile.parse("FROM x\n" + other + line.substring(blank)).stages();
      Dockerfile.Stage last = stages.get(stages.size() - 1);
      Instruction read = name.equals("FROM") ? last.from() : last.instructions().get(0);
      assertEquals(line, read.text());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // the line | the word that carets stand below; none: the whole line
        "NOPE a | NOPE",
        "WROKDIR /a | WROKDIR",
        "FROM --nope=1 a | --nope",
        "FROM a AS b/c | b/c",
        "RUN --nope=1 a | --nope",
        "RUN --mount a | --mount",
        "RUN --network=none --network=host a | --network",
        "COPY --nope a b | --nope",
        "COPY --chown a b | --chown",
        "COPY --link=x a b | --link",
        "ADD --from=a b c | --from",
        "HEALTHCHECK --nope=1 CMD a | --nope",
        "HEALTHCHECK --retries=x CMD a | --retries",
        "HEALTHCHECK --interval=1us CMD a | --interval",
        "COPY a | ``",
        "ENV a | ``",
        "ENV a='b | ``",
        "USER a b | ``",
        "SHELL sh -c | ``",
        "ONBUILD FROM a | ``",
        "ONBUILD NOPE a | NOPE",
        "ARG =a | ``",
        "VOLUME [\" \"] | ``",
      })
  void theWordAtFaultIsMarked(String line, String word) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> one(line));
    String number = line.startsWith("FROM") ? "1" : "2";
    String marked = word.isEmpty() ? line : word;
    assertEquals(
        List.of(
            " " + number + " | " + line,
            "   | " + " ".repeat(line.indexOf(marked)) + "^".repeat(marked.length())),
        e.getMessage().lines().skip(1).toList());
  }

  @Test
  void environmentAndLabelsKeepTheirOrderAndTheirQuotes() {
    assertEquals(
        List.of(
            new Instruction.Pair("b", "\"1 2\""),
            new Instruction.Pair("a", "$b"),
            new Instruction.Pair("b", "")),
        ((Instruction.Env) one("ENV b=\"1 2\" a=$b b=")).pairs());
    assertEquals(
        List.of(new Instruction.Pair("\"a b\"", "'c'"), new Instruction.Pair("d", "e=f")),
        ((Instruction.Label) one("LABEL \"a b\"='c' d=e=f")).pairs());
  }

  @Test
  void argumentsMayHaveADefault() {
    assertEquals(
        List.of(
            new Instruction.Arg.Declaration("a", Optional.empty()),
            new Instruction.Arg.Declaration("b", Optional.of("${a:-'c d'}")),
            new Instruction.Arg.Declaration("e", Optional.of(""))),
        ((Instruction.Arg) one("ARG a b=${a:-'c d'} e=")).declarations());
  }

  @Test
  void anEmptyCommandIsNone() {
    assertEquals(
        new Instruction.Command(true, List.of()), ((Instruction.Cmd) one("CMD")).command());
    assertEquals(
        new Instruction.Command(false, List.of()), ((Instruction.Cmd) one("CMD []")).command());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "FRON, FROM",
    "RN, RUN",
    "COPYY, COPY",
    "ENTRYPIONT, ENTRYPOINT",
    "WORKDIRR, WORKDIR",
    "LABLE, ''",
    "LABELS, LABEL",
    "XYZ, ''",
    "INSTALL, ''",
  })
  void aNameNearAnotherIsSuggested(String typed, String meant) {
    InvalidArgument e = assertThrows(InvalidArgument.class, () -> one(typed + " a b"));
    String suggestion = meant.isEmpty() ? "" : " (did you mean " + meant + "?)";
    assertEquals(
        "dockerfile parse error on line 2: unknown instruction: " + typed + suggestion,
        e.getMessage().lines().findFirst().orElseThrow());
  }
}
