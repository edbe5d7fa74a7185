package io.jdocker.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.cli.Typed;
import org.junit.jupiter.api.Test;

/** The layout of the help, as docker 28 prints it for the same verbs. */
class UsageTextTest {
  @Test
  void sortsFlagsAndShowsAliases() {
    assertEquals(
        """
        Usage:  jdocker rm [OPTIONS] CONTAINER [CONTAINER...]

        Remove one or more containers

        Aliases:
          jdocker container rm, jdocker container remove, jdocker rm

        Options:
          -f, --force     Force the removal of a running container (uses SIGKILL)
          -l, --link      Remove the specified link
          -v, --volumes   Remove anonymous volumes associated with the container
        """,
        Typed.alone("rm", "--help").out());
  }

  @Test
  void wrapsLongTextsUnderTheirColumn() {
    assertEquals(
        """
        Usage:  jdocker logs [OPTIONS] CONTAINER

        Fetch the logs of a container

        Aliases:
          jdocker container logs, jdocker logs

        Options:
              --details        Show extra details provided to logs
          -f, --follow         Follow log output
              --since string   Show logs since timestamp (e.g.
                               "2013-01-02T13:23:37Z") or relative (e.g. "42m"
                               for 42 minutes)
          -n, --tail string    Number of lines to show from the end of the logs
                               (default "all")
          -t, --timestamps     Show timestamps
              --until string   Show logs before a timestamp (e.g.
                               "2013-01-02T13:23:37Z") or relative (e.g. "42m"
                               for 42 minutes)
        """,
        Typed.alone("logs", "--help").out());
  }

  @Test
  void leavesOutOptionsWhereThereAreNone() {
    assertEquals(
        """
        Usage:  jdocker wait CONTAINER [CONTAINER...]

        Block until one or more containers stop, then print their exit codes

        Aliases:
          jdocker container wait, jdocker wait
        """,
        Typed.alone("wait", "--help").out());
  }

  @Test
  void aGroupListsItsVerbs() {
    assertEquals(
        """
        Usage:  jdocker volume COMMAND

        Manage volumes

        Commands:
          create      Create a volume
          inspect     Display detailed information on one or more volumes
          ls          List volumes
          prune       Remove unused local volumes
          rm          Remove one or more volumes

        Run 'jdocker volume COMMAND --help' for more information on a command.
        """,
        Typed.alone("volume").err());
  }
}
