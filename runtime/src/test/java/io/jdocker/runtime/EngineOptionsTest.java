package io.jdocker.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EngineOptionsTest {
  private static String parent(String root) {
    return EngineOptions.of(Path.of(root)).cgroupParent();
  }

  @Test
  void theUsualRootHasTheUsualGroup() {
    assertEquals("/jdocker", parent("/var/lib/jdocker"));
    assertEquals("/jdocker", parent("/var/lib/../lib/jdocker/"));
  }

  /** Two engines in one group would each end the other's containers at their starts. */
  @Test
  void eachOtherRootHasAGroupOfItsOwn() {
    String one = parent("/srv/one");
    assertTrue(one.matches("/jdocker-[0-9a-f]{8}"), one);
    assertEquals(one, parent("/srv/one"));
    assertNotEquals(one, parent("/srv/two"));
  }
}
