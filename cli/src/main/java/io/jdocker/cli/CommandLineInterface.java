package io.jdocker.cli;

import io.jdocker.cli.http.ApiException;
import io.jdocker.cli.option.CommandLineParser;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import io.jdocker.cli.option.UsageException;
import io.jdocker.cli.option.UsageText;
import io.jdocker.cli.option.WrongValueException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Finds the verb, parses its words, runs it, and turns failures into messages and exit codes. */
public final class CommandLineInterface {
  private static final int FAILED_BEFORE_RUNNING = 125;
  private static final int KILLED_BY_BROKEN_PIPE = 141;

  private final Console console;
  private final Map<String, String> environment;

  public CommandLineInterface(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  /** Runs one command line; returns the exit code. */
  public int run(List<String> line) {
    try {
      return guarded(line);
    } catch (IOException e) {
      // Standard output or error is gone, so nobody can be told.
      return KILLED_BY_BROKEN_PIPE;
    }
  }

  private int guarded(List<String> line) throws IOException {
    try {
      GlobalOptions options = GlobalOptions.parse(line, environment);
      if (options.version()) {
        console.printLine("jdocker version " + Version.current());
        return 0;
      }
      if (options.words().isEmpty() || options.help()) {
        console.print(RootHelp.text());
        return 0;
      }
      return verb(options);
    } catch (UsageException e) {
      console.error(e.getMessage());
      return e.exitCode();
    } catch (CommandFailure e) {
      console.error(e.getMessage());
      return e.exitCode();
    }
  }

  private int verb(GlobalOptions options) throws IOException {
    VerbIndex.Found found = VerbIndex.find(options.words());
    if (found.verb().isEmpty()) {
      console.err().write(found.groupHelp().getBytes(StandardCharsets.UTF_8));
      return 0;
    }
    Verb verb = found.verb().get();
    Synopsis synopsis = verb.synopsis().at(found.path());
    Parsed parsed = new CommandLineParser(synopsis).parse(found.rest());
    if (parsed.isSet("help")) {
      console.print(UsageText.of(synopsis));
      return 0;
    }
    try (LocalSession session = new LocalSession(console, options, environment)) {
      return verb.run(parsed, session);
    } catch (WrongValueException e) {
      throw UsageException.wrongFlag(synopsis, e.getMessage());
    } catch (ApiException e) {
      return failed(verb, "Error response from daemon: " + e.getMessage(), e);
    } catch (CommandFailure e) {
      if (isLaunch(verb.synopsis().path()) && e.exitCode() == FAILED_BEFORE_RUNNING) {
        return failed(verb, e.getMessage(), e);
      }
      throw e;
    } catch (ConsoleClosedException e) {
      throw e; // no failure of the verb: as if a broken pipe had killed it
    } catch (IOException e) {
      return failed(verb, text(e), e);
    }
  }

  /** run prefixes its errors and points at the help, create those found before the request. */
  private int failed(Verb verb, String message, Exception cause) throws IOException {
    String path = verb.synopsis().path();
    boolean isRefusal = cause instanceof ApiException;
    if (path.equals("run") || (path.equals("create") && !isRefusal)) {
      console.error(
          UsageText.PROGRAM
              + ": "
              + message
              + "\n\nRun '"
              + UsageText.PROGRAM
              + " "
              + path
              + " --help' for more information");
      return cause instanceof ApiException refused
          ? LaunchFailure.exitCode(refused.getMessage())
          : FAILED_BEFORE_RUNNING;
    }
    console.error(message);
    return 1;
  }

  private static boolean isLaunch(String path) {
    return path.equals("run") || path.equals("create");
  }

  private static String text(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
