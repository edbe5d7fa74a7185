package io.jdocker.runtime.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.linux.user.IdMapping;
import io.jdocker.linux.user.IdRange;
import io.jdocker.runtime.spec.ContainerSpec;
import io.jdocker.runtime.testing.Specs;
import io.jdocker.runtime.testing.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that {@code scripts/compare.d/attacks.txt} tries, tried: by root in a container with Docker's
 * default capabilities, with and without a user namespace. Other engines' outcomes are in
 * docs/security.md.
 */
final class KernelAttacksIT {
  @TempDir private Path folder;

  private TestEngine engine;

  @BeforeEach
  void open() throws Exception {
    engine = TestEngine.open();
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
  }

  private Specs attacks() throws Exception {
    int number = 100;
    for (Attack attack : Attack.all()) {
      Path program = folder.resolve("attack-" + number++);
      Files.write(program, attack.program());
      Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    return Specs.shell("for a in /attacks/attack-*; do $a >/dev/null 2>&1; echo $?; done")
        .bind(folder.toString(), "/attacks", true);
  }

  private static String outcome(Attack attack, int status) {
    if (attack.isScript()) {
      return status == 0 ? "done" : "refused";
    }
    return status == 0 ? "done" : Errno.valueOf(status).name();
  }

  private void assertAllRefused(ContainerSpec spec) throws Exception {
    List<String> statuses = engine.run(spec).stdout().lines().toList();
    List<String> different = new ArrayList<>();
    List<Attack> attacks = Attack.all();
    assertEquals(attacks.size(), statuses.size());
    for (int i = 0; i < attacks.size(); i++) {
      String outcome = outcome(attacks.get(i), Integer.parseInt(statuses.get(i)));
      if (!outcome.equals(attacks.get(i).outcome())) {
        different.add(attacks.get(i).name() + ": " + outcome);
      }
    }
    assertEquals(List.of(), different);
  }

  @Test
  void rootOfAContainerIsRefusedEachOfThem() throws Exception {
    assertAllRefused(attacks().spec());
  }

  @Test
  void rootOfAUserNamespaceIsRefusedEachOfThem() throws Exception {
    ContainerSpec spec = attacks().spec();
    List<IdRange> range = List.of(new IdRange(0, 100000, 65536));
    assertAllRefused(spec.withNamespaces(spec.namespaces().withIds(new IdMapping(range, range))));
  }

  /** A probe that cannot succeed would prove nothing: without the filter, harmless ones do. */
  @Test
  void theProbesThemselvesWork() throws Exception {
    attacks();
    List<String> found = new ArrayList<>();
    int number = 100;
    for (Attack attack : Attack.all()) {
      if (List.of("name a key ring", "copy a mount").contains(attack.name())) {
        Process probe = new ProcessBuilder(folder.resolve("attack-" + number).toString()).start();
        found.add(attack.name() + ": " + outcome(attack, probe.waitFor()));
      }
      number++;
    }
    assertEquals(List.of("copy a mount: done", "name a key ring: done"), found);
  }
}
