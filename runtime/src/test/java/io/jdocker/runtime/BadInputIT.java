package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.cgroups.Limits;
import io.jdocker.linux.failure.Conflict;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.NotFound;
import io.jdocker.runtime.container.Container;
import io.jdocker.runtime.container.ExecSpec;
import io.jdocker.runtime.container.Status;
import io.jdocker.runtime.spec.MountSpec;
import io.jdocker.runtime.spec.NetworkingSpec;
import io.jdocker.runtime.spec.ResourceSpec;
import io.jdocker.runtime.spec.SecuritySpec;
import io.jdocker.runtime.testing.Footprint;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be: one line that names it, in Docker's words; nothing made, nothing left. */
final class BadInputIT {
  private TestEngine test;

  @BeforeEach
  void open() throws Exception {
    test = TestEngine.open();
    // The engine makes some of its own folders with its first container.
    Container first = test.start(process().spec());
    test.awaitExit(first.id().hex());
    test.engine().containers().remove(first.id().hex(), false, true);
  }

  @AfterEach
  void close() throws Exception {
    test.close();
  }

  /** Refused at once: no container, no file, nothing. */
  private void refused(Class<? extends EngineException> kind, String wording, Specs specs)
      throws Exception {
    refused(kind, wording, "", specs, "busybox");
  }

  private void refused(
      Class<? extends EngineException> kind, String wording, String name, Specs specs, String image)
      throws Exception {
    Footprint before = test.footprint();
    int containers = test.engine().containers().list().size();
    EngineException refused =
        assertThrows(
            kind, () -> test.engine().containers().create(name, specs.spec(image)), wording);
    assertTrue(refused.getMessage().contains(wording), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    assertEquals(containers, test.engine().containers().list().size());
    assertEquals(before, test.footprint());
  }

  /** Refused at the start: the container is what it was, can be removed, and nothing is left. */
  private void refusedAtStart(Class<? extends EngineException> kind, String wording, Specs specs)
      throws Exception {
    Footprint before = test.footprint();
    Container container = test.engine().containers().create("", specs.spec());
    String id = container.id().hex();
    EngineException refused =
        assertThrows(kind, () -> test.engine().containers().start(id), wording);
    assertTrue(refused.getMessage().contains(wording), refused.getMessage());
    assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    assertEquals(Status.CREATED, container.state().status());
    test.engine().containers().remove(id, false, true);
    assertEquals(before, test.footprint());
  }

  private static Specs process() {
    return Specs.run("true");
  }

  private static MountSpec bind(String source, String target) {
    return new MountSpec(MountSpec.Kind.BIND, source, target, false, "", "", false);
  }

  @Test
  void images() throws Exception {
    refused(NotFound.class, "No such image: nope:latest", "", process(), "nope");
    refused(InvalidArgument.class, "invalid reference format", "", process(), "Not/A@Name");
  }

  @Test
  void names() throws Exception {
    for (String name : List.of("a/b", "-x", "x", "a b", "../../etc", "a\u0000b")) {
      refused(InvalidArgument.class, "Invalid container name", name, process(), "busybox");
    }
    test.engine().containers().create("taken", process().spec());
    refused(
        Conflict.class,
        "The container name \"/taken\" is already in use by container",
        "taken",
        process(),
        "busybox");
  }

  @Test
  void processes() throws Exception {
    refused(
        InvalidArgument.class,
        "the working directory 'tmp' is invalid, it needs to be an absolute path",
        process().workingDirectory("tmp"));
    refused(InvalidArgument.class, "no command specified", Specs.run());
    refusedAtStart(
        InvalidArgument.class,
        "unable to find user nobody-here: no matching entries in passwd file",
        process().user("nobody-here"));
    refusedAtStart(
        InvalidArgument.class,
        "unable to find group nogroup: no matching entries in group file",
        process().user("0:nogroup"));
    refusedAtStart(
        InvalidArgument.class,
        "exec: \"/no/such\": stat /no/such: no such file or directory",
        Specs.run("/no/such"));
    refusedAtStart(
        InvalidArgument.class,
        "exec: \"/etc/passwd\": permission denied",
        Specs.run("/etc/passwd"));
  }

  @Test
  void mounts() throws Exception {
    refused(
        InvalidArgument.class,
        "bind source path does not exist: /no/such",
        process().mount(bind("/no/such", "/x")));
    refused(
        InvalidArgument.class,
        "invalid mount path: 'etc' mount path must be absolute",
        process().mount(bind("etc", "/x")));
    refused(
        InvalidArgument.class,
        "invalid mount path: 'x' mount path must be absolute",
        process().mount(bind("/etc", "x")));
    for (String target : List.of("/", "/.", "//", "/x/..")) {
      refused(
          InvalidArgument.class,
          "invalid specification: destination can't be '/'",
          process().mount(bind("/etc", target)));
    }
    refused(
        InvalidArgument.class,
        "Duplicate mount point: /x/",
        process().mount(bind("/etc", "/x")).mount(bind("/tmp", "/x/")));
    refused(
        InvalidArgument.class,
        "includes invalid characters for a local volume name",
        process().mount(new MountSpec(MountSpec.Kind.VOLUME, "a/b", "/x", false, "", "", false)));
  }

  @Test
  void aVolumeThatWasMadeForARefusedContainerGoes() throws Exception {
    MountSpec fresh = new MountSpec(MountSpec.Kind.VOLUME, "fresh", "/x", false, "", "", false);
    test.engine().containers().create("taken", process().spec());
    refused(Conflict.class, "already in use", "taken", process().mount(fresh), "busybox");
    assertTrue(test.engine().volumes().find("fresh").isEmpty());
  }

  @Test
  void limits() throws Exception {
    refused(
        InvalidArgument.class,
        "Minimum memory limit allowed is 6MB",
        process().resources(ResourceSpec.of(Limits.builder().memory(4 << 20).build())));
    refused(
        InvalidArgument.class,
        "Range of CPUs is from 0.01 to",
        process()
            .resources(ResourceSpec.of(Limits.builder().nanoCpus(4096L * 1_000_000_000).build())));
    // CVE-2018-20699: such a range took the memory of the daemon.
    refused(
        InvalidArgument.class,
        "0-2147483647",
        process().resources(ResourceSpec.of(Limits.builder().cpusetCpus("0-2147483647").build())));
  }

  @Test
  void security() throws Exception {
    refused(
        InvalidArgument.class,
        "invalid CapAdd: unknown capability: \"FLY\"",
        process().security(new SecuritySpec(false, false, List.of("FLY"), List.of(), false, "")));
    refused(
        InvalidArgument.class,
        "invalid CapDrop: unknown capability: \"CAP_FLY\"",
        process()
            .security(new SecuritySpec(false, false, List.of(), List.of("CAP_FLY"), false, "")));
    refused(
        InvalidArgument.class,
        "Decoding seccomp profile failed",
        process().security(new SecuritySpec(false, false, List.of(), List.of(), false, "{not")));
  }

  @Test
  void networks() throws Exception {
    refusedAtStart(
        NotFound.class,
        "network nowhere not found",
        process().networking(NetworkingSpec.standard("nowhere")));
    refusedAtStart(
        NotFound.class,
        "No such container: nobody",
        process().networking(NetworkingSpec.standard("container:nobody")));
  }

  @Test
  void signals() throws Exception {
    Container container = test.start(Specs.run("sleep", "100").spec());
    for (String signal : List.of("FLY", "0", "65", "-9", "SIGSIGKILL", "9x")) {
      InvalidArgument refused =
          assertThrows(
              InvalidArgument.class,
              () -> test.engine().containers().kill(container.id().hex(), signal),
              signal);
      assertEquals("Invalid signal: " + signal, refused.getMessage());
    }
    assertEquals(Status.RUNNING, container.state().status());
  }

  @Test
  void execs() throws Exception {
    Container container = test.start(Specs.run("sleep", "100").spec());
    Footprint before = test.footprint();
    refusedExec(container, Specs.execAs("nobody-here", "true"), "unable to find user nobody-here");
    refusedExec(container, Specs.exec("nosuch"), "exec: \"nosuch\": executable file not found");
    refusedExec(
        container,
        new ExecSpec(
            List.of("true"), List.of(), "/none", "", false, false, true, true, false, 0, 0),
        "chdir to cwd (\"/none\") failed: no such file or directory");
    refusedExec(container, Specs.exec(), "No exec command specified");
    assertEquals(before, test.footprint());
  }

  private void refusedExec(Container container, ExecSpec spec, String wording) {
    InvalidArgument refused =
        assertThrows(InvalidArgument.class, () -> test.exec(container, spec), wording);
    assertTrue(refused.getMessage().contains(wording), refused.getMessage());
  }
}
