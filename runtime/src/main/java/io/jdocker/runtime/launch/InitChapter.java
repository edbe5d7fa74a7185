package io.jdocker.runtime.launch;

import io.jdocker.linux.Fd;
import io.jdocker.linux.FileCalls;
import io.jdocker.linux.OpenFlags;
import io.jdocker.linux.Sys;
import io.jdocker.linux.launch.InitImage;
import io.jdocker.linux.launch.LaunchProgram;
import io.jdocker.linux.launch.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A first process of the engine's own ({@code --init}). The command is cloned from it and so is
 * process 2; were it cloned by the init program, that would have to search PATH and report errors.
 */
final class InitChapter {
  /** Where the program's descriptor is kept until it is run; closed by the exec. */
  static final int FD = 3;

  private static final long CLONE_VM = 0x100;
  private static final long CLONE_VFORK = 0x4000;
  private static final long SIGCHLD = 17;
  private static final long TIOCSPGRP = 0x5410;
  private static final int COMMAND_PID = 2;
  private static final int PR_SET_NAME = 15;

  private InitChapter() {}

  static void keep(Calls calls, Fd init) {
    calls.call(
        "keep the init program",
        Sys.DUP3,
        Operand.of(init),
        Operand.of(FD),
        Operand.named(OpenFlags.O_CLOEXEC, "O_CLOEXEC"));
  }

  static void write(Calls calls, boolean terminal, List<String> argv, List<String> environment) {
    LaunchProgram.Builder command = LaunchProgram.builder();
    Calls ofCommand = new Calls(command);
    // Else the terminal's ^C would come twice: from the terminal, and sent on by init.
    ofCommand.call("a process group of its own", Sys.SETPGID, Operand.of(0), Operand.of(0));
    if (terminal) {
      ByteBuffer group = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
      group.putInt(COMMAND_PID);
      ofCommand.call(
          "in the terminal's foreground",
          Sys.IOCTL,
          Operand.of(0),
          Operand.named(TIOCSPGRP, "TIOCSPGRP"),
          new Operand.Memory(group.array(), "[2]"));
    }
    CommandChapter.write(ofCommand, argv, environment);
    Operand name = Operand.of(InitImage.NAME);
    calls.call("be known as init", Sys.PRCTL, Operand.named(PR_SET_NAME, "PR_SET_NAME"), name);
    // Not clone3(2), which Docker's seccomp profile answers with ENOSYS.
    calls
        .call(
            "clone the command",
            Sys.CLONE,
            Operand.named(CLONE_VM | CLONE_VFORK | SIGCHLD, "CLONE_VM|CLONE_VFORK|SIGCHLD"),
            Operand.of(0))
        .branch(command.build());
    List<String> shown = new ArrayList<>(List.of("/sbin/" + InitImage.NAME, "--"));
    shown.addAll(argv);
    calls.call(
        "become init",
        Sys.EXECVEAT,
        Operand.of(FD),
        Operand.of(""),
        Operand.of(shown),
        Operand.of(environment),
        Operand.named(FileCalls.AT_EMPTY_PATH, "AT_EMPTY_PATH"));
  }
}
