package io.jdocker.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real pseudo-terminals; no privilege needed. */
final class TerminalCallsTest {
  private final Kernel kernel = Kernel.load();
  private final TerminalCalls terminals = kernel.terminals();
  private final Fd master =
      kernel.files().open("/dev/ptmx", OpenFlags.O_RDWR | OpenFlags.O_NOCTTY, 0);
  private final Fd peer = terminals.openPeer(master);

  @AfterEach
  void close() {
    peer.close();
    master.close();
  }

  @Test
  void theSizeSetOnTheMasterIsThePeers() {
    terminals.resize(master, new WindowSize(50, 65535));
    assertEquals(Optional.of(new WindowSize(50, 65535)), terminals.size(peer));
  }

  @Test
  void aSizeThatTheKernelCannotHoldIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new WindowSize(65536, 1));
    assertThrows(IllegalArgumentException.class, () -> new WindowSize(1, -1));
  }

  @Test
  void aPipeIsNoTerminal() {
    PollCalls.Pipe pipe = kernel.polls().createPipe();
    try (Fd in = pipe.readEnd();
        Fd out = pipe.writeEnd()) {
      assertEquals(Optional.empty(), terminals.size(in));
      assertEquals(Optional.empty(), terminals.modes(out));
    }
  }

  @Test
  void rawModePassesBytesUnchangedAndCanBeUndone() {
    TerminalModes before = terminals.modes(peer).orElseThrow();
    terminals.setModes(peer, before.raw());
    assertNotEquals(before, terminals.modes(peer).orElseThrow());
    assertEquals("\u0003\r\n", through(master, peer, "\u0003\r\n")); // no signal, no translation
    assertEquals("out\n", through(peer, master, "out\n")); // no echo before it, no CR in it
    terminals.setModes(peer, before);
    assertEquals(before, terminals.modes(peer).orElseThrow());
    assertEquals("out\r\n", through(peer, master, "out\n"));
  }

  @Test
  void thePeerHasANumberInDevpts() {
    String name = kernel.files().readLink(FileCalls.AT_FDCWD, peer.procPath());
    assertEquals("/" + terminals.peerNumber(master), name.substring(name.lastIndexOf('/')));
  }

  @Test
  void aNonBlockingReadAnswersAtOnce() {
    kernel.polls().makeNonBlocking(master);
    try (NativeArena arena = new NativeArena()) {
      long nothing = kernel.files().read(master.number(), arena.allocate(1), 1);
      assertEquals(-11, nothing); // EAGAIN
    }
  }

  private String through(Fd from, Fd to, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    kernel.files().writeFully(from, bytes, 0, bytes.length);
    try (NativeArena arena = new NativeArena()) {
      long buffer = arena.allocate(64);
      int count = (int) kernel.files().read(to.number(), buffer, 64);
      return new String(NativeArena.getBytes(buffer, count), StandardCharsets.UTF_8);
    }
  }
}
