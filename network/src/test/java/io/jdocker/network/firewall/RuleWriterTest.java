package io.jdocker.network.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.SystemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One iptables-restore for many changes: each is answered for itself, and in its turn. */
class RuleWriterTest {
  private static final Chain FORWARD = new Chain(Table.FILTER, "FORWARD");

  private final FakeIptables kernel = new FakeIptables();
  private final RuleWriter writer = new RuleWriter(kernel);

  @AfterEach
  void close() {
    writer.close();
  }

  private static Transaction append(String text) {
    return new Transaction().append(new Rule(FORWARD, text));
  }

  private static String failure(CompletableFuture<Void> done) {
    Throwable cause = assertThrows(CompletionException.class, done::join).getCause();
    assertEquals(SystemFailure.class, cause.getClass());
    return cause.getMessage();
  }

  @Test
  void aChangeIsDoneWhenTheKernelHasIt() {
    writer.submit(append("-i a -j DROP")).join();
    assertEquals(List.of("-i a -j DROP"), kernel.rules("filter", "FORWARD"));
    assertTrue(writer.isUsable());
  }

  @Test
  void manyChangesGoThroughOneProgramInOrder() {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      all.add(writer.submit(append("-i link" + i + " -j DROP")));
      expected.add("-i link" + i + " -j DROP");
    }
    all.forEach(CompletableFuture::join);
    assertEquals(expected, kernel.rules("filter", "FORWARD"));
    assertEquals(List.of("start iptables-restore"), kernel.calls());
  }

  @Test
  void aRefusedChangeIsToldWithTheProgramsWordsAndEndsTheWriter() {
    kernel.refuse("-i bad ");
    String told = failure(writer.submit(append("-i bad -j DROP")));
    assertEquals(
        "iptables-restore: iptables-restore failed (2): line refused:"
            + " -A FORWARD -i bad -j DROP",
        told);
    assertFalse(writer.isUsable());
    assertEquals(List.of(), kernel.rules("filter", "FORWARD"));
  }

  @Test
  void whatWasDoneBeforeARefusalStays() {
    kernel.refuse("-i bad ");
    writer.submit(append("-i good -j DROP")).join();
    failure(writer.submit(append("-i bad -j DROP")));
    assertEquals(List.of("-i good -j DROP"), kernel.rules("filter", "FORWARD"));
  }

  @Test
  void afterTheEndEveryChangeFailsAtOnce() {
    kernel.refuse("-i bad ");
    failure(writer.submit(append("-i bad -j DROP")));
    assertEquals("iptables-restore has ended", failure(writer.submit(append("-i late -j DROP"))));
    assertEquals(List.of(), kernel.rules("filter", "FORWARD"));
  }

  @Test
  void aProgramThatIsKilledFailsWhatWaits() {
    writer.submit(append("-i a -j DROP")).join();
    kernel.resident().die();
    failure(writer.submit(append("-i b -j DROP")));
    assertFalse(writer.isUsable());
    assertEquals(List.of("-i a -j DROP"), kernel.rules("filter", "FORWARD"));
  }

  @Test
  void anAbandonedProgramHasEnded() {
    writer.submit(append("-i a -j DROP")).join();
    writer.abandon();
    assertTrue(kernel.resident().onExit().isDone());
    failure(writer.submit(append("-i b -j DROP")));
  }

  @Test
  void aChangeOfSeveralTablesIsWrittenTableByTable() {
    Chain post = new Chain(Table.NAT, "POSTROUTING");
    Chain pre = new Chain(Table.RAW, "PREROUTING");
    Transaction change =
        append("-i a -j DROP")
            .append(new Rule(post, "-s 10.0.0.0/8 -j MASQUERADE"))
            .insert(new Rule(FORWARD, "-i b -j ACCEPT"))
            .append(new Rule(pre, "-d 10.0.0.1 -j RETURN"));
    assertEquals(
        """
        *raw
        -A PREROUTING -d 10.0.0.1 -j RETURN
        COMMIT
        *nat
        -A POSTROUTING -s 10.0.0.0/8 -j MASQUERADE
        COMMIT
        *filter
        -A FORWARD -i a -j DROP
        -I FORWARD -i b -j ACCEPT
        COMMIT
        """,
        change.text());
    writer.submit(change).join();
    assertEquals(List.of("-i b -j ACCEPT", "-i a -j DROP"), kernel.rules("filter", "FORWARD"));
    assertEquals(List.of("-d 10.0.0.1 -j RETURN"), kernel.rules("raw", "PREROUTING"));
  }

  @Test
  void anEmptyChangeHasNoText() {
    assertTrue(new Transaction().isEmpty());
    assertEquals("", new Transaction().text());
  }
}
