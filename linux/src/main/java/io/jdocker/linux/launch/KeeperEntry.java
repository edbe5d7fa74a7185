package io.jdocker.linux.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.Sys;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What the keeper does in the engine's own memory, still in no namespace of the container: it
 * arranges its descriptors and becomes {@link KeeperImage}. Whatever a container can see of a
 * half-started process is thus of the keeper's memory, never of the engine's (CVE-2019-5736).
 */
final class KeeperEntry {
  private static final int SIG_SETMASK = 2;
  private static final int SIGSET_SIZE = 8;
  private static final int SIGACTION_SIZE = 32;
  private static final int F_SETFD = 2;

  private final LaunchProgram.Builder steps = LaunchProgram.builder();

  private KeeperEntry() {}

  /**
   * Writes it.
   *
   * @param executable {@link KeeperImage} in sealed memory
   * @param program the memory of {@link SharedImage}
   * @param done write end of a pipe that the keeper closes when the launch is over
   * @param passed descriptors that the program names
   */
  static LaunchProgram of(
      Launch launch,
      Fd executable,
      Fd program,
      Fd done,
      Set<Integer> passed,
      List<Integer> ignoredSignals) {
    KeeperEntry entry = new KeeperEntry();
    entry.quieten(ignoredSignals);
    entry.arrange(launch, program, done, passed);
    entry.become(launch, executable);
    return entry.steps.build();
  }

  private void quieten(List<Integer> ignoredSignals) {
    byte[] all = new byte[SIGSET_SIZE];
    Arrays.fill(all, (byte) 0xff);
    steps.add(
        "let no signal end the keeper",
        Sys.RT_SIGPROCMASK,
        Operand.named(SIG_SETMASK, "SIG_SETMASK"),
        new Operand.Memory(all, "~[]"),
        Operand.of(0),
        Operand.of(SIGSET_SIZE));
    // What the daemon was told to ignore (nohup's SIGHUP) the container must not ignore.
    Operand.Memory standard = new Operand.Memory(new byte[SIGACTION_SIZE], "SIG_DFL");
    for (int signal : ignoredSignals) {
      steps.add(
          "end ignoring a signal",
          Sys.RT_SIGACTION,
          Operand.of(signal),
          standard,
          Operand.of(0),
          Operand.of(SIGSET_SIZE));
    }
    steps.add("leave the daemon's session", Sys.SETSID);
  }

  private void arrange(Launch launch, Fd program, Fd done, Set<Integer> passed) {
    steps.add(
        "free the numbers of what the keeper will hold",
        Sys.CLOSE_RANGE,
        Operand.of(0),
        Operand.of(KeeperImage.LAST_RESERVED),
        Operand.of(0));
    for (Launch.Held held : launch.held()) {
      put("hold a descriptor for the daemon that comes after this one", held.fd(), held.as());
    }
    put("tell of the end of the launch by closing it", done, KeeperImage.DONE_FD);
    put("hand over the program", program, KeeperImage.PROGRAM_FD);
    if (launch.terminal().isPresent()) {
      for (int number : KeeperProgram.freeNumbers(launch)) {
        put("have the terminal opened at none of the keeper's numbers", program, number);
      }
    }
    for (int fd : passed) {
      steps.add(
          "pass a descriptor on to the payload",
          Sys.FCNTL,
          Operand.of(fd),
          Operand.named(F_SETFD, "F_SETFD"),
          Operand.of(0));
    }
    steps.add("pin no folder of the host", Sys.CHDIR, Operand.of("/"));
  }

  private void put(String purpose, Fd fd, int number) {
    steps.add(purpose, Sys.DUP3, Operand.of(fd), Operand.of(number), Operand.of(0));
  }

  private void become(Launch launch, Fd executable) {
    steps.add(
        "become the keeper",
        Sys.EXECVEAT,
        Operand.of(executable),
        Operand.of(""),
        Operand.of(List.of(KeeperProgram.NAME, launch.name())),
        Operand.of(List.of()),
        Operand.named(FileCalls.AT_EMPTY_PATH, "AT_EMPTY_PATH"));
  }
}
