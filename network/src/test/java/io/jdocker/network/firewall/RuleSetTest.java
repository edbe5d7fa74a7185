package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RuleSetTest {
  private static final Chain ROOT = new Chain(Table.NAT, "ROOT");
  private static final Chain BLOCK = new Chain(Table.NAT, "BLOCK");
  private static final Rule JUMP = new Rule(ROOT, "-j BLOCK");

  private final RuleSet rules = new RuleSet();

  RuleSetTest() {
    rules.found(ROOT, List.of());
  }

  private static Placement inBlock(String text) {
    return new Placement(new Rule(BLOCK, text), Optional.of(JUMP));
  }

  @Test
  void aBlockComesWithItsFirstRuleAndGoesWithItsLast() {
    assertEquals(
        """
        *nat
        :BLOCK - [0:0]
        -A ROOT -j BLOCK
        -A BLOCK one
        -A BLOCK two
        COMMIT
        """,
        rules.add(List.of(inBlock("one"), inBlock("two"))).text());
    assertEquals(
        """
        *nat
        -D BLOCK one
        COMMIT
        """,
        rules.remove(List.of(inBlock("one"))).text());
    assertEquals(
        """
        *nat
        -D BLOCK two
        -D ROOT -j BLOCK
        -X BLOCK
        COMMIT
        """,
        rules.remove(List.of(inBlock("two"))).text());
    assertEquals(Set.of(ROOT), rules.chains());
  }

  @Test
  void whatIsThereIsNotAddedAndWhatIsNotIsNotRemoved() {
    rules.add(List.of(inBlock("one")));
    assertTrue(rules.add(List.of(inBlock("one"))).isEmpty());
    assertTrue(rules.remove(List.of(inBlock("two"))).isEmpty());
  }

  @Test
  void rebuildSetsEverythingAndDropsWhatIsStale() {
    rules.add(List.of(inBlock("one")));
    assertEquals(
        """
        *nat
        :OLD - [0:0]
        :ROOT - [0:0]
        :BLOCK - [0:0]
        -A ROOT -j BLOCK
        -A BLOCK one
        -X OLD
        COMMIT
        """,
        rules.rebuild(Set.of(ROOT, new Chain(Table.NAT, "OLD"))).text());
  }

  @Test
  void aRuleForAnUnknownChainIsAMistakeOfOurs() {
    Placement lost = Placement.of(new Rule(BLOCK, "one"));
    assertThrows(IllegalStateException.class, () -> rules.add(List.of(lost)));
  }
}
