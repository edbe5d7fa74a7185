package io.jdocker.cli.system;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.Version;
import io.jdocker.cli.format.Document;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.format.HumanSize;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code jdocker info}: the engine and the machine it runs on. */
public final class InfoVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
            "info",
            "[OPTIONS]",
            "Display system-wide information",
            ArgumentCount.none(),
            Flags.document(new FlagTable()))
        .alsoCalled("system info", "info");
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    ApiObject info = ApiObject.of(session.api().get(Query.of("/info")));
    String format = line.text("format");
    if (!format.isEmpty()) {
      session.console().printLine(Document.print(format, info.json()));
      return 0;
    }
    session.console().print(new InfoText(info).text());
    for (String warning : info.texts("Warnings")) {
      session.console().error(warning);
    }
    return 0;
  }

  /** Lays the document out, one line a fact, indented by what it belongs to. */
  private static final class InfoText {
    private final ApiObject info;
    private final StringBuilder text = new StringBuilder();

    InfoText(ApiObject info) {
      this.info = info;
    }

    String text() {
      text.append("Client:\n");
      line(1, "Version", "   " + Version.current());
      line(1, "Context", "   default");
      line(1, "Debug Mode", "false");
      text.append("\nServer:\n");
      objects();
      drivers();
      machine();
      engine();
      return text.append('\n').toString();
    }

    private void line(int depth, String label, String value) {
      text.append(" ".repeat(depth)).append(label).append(": ").append(value).append('\n');
    }

    private void line(String label, String field) {
      line(1, label, info.text(field));
    }

    private void objects() {
      line("Containers", "Containers");
      line(2, "Running", info.text("ContainersRunning"));
      line(2, "Paused", info.text("ContainersPaused"));
      line(2, "Stopped", info.text("ContainersStopped"));
      line("Images", "Images");
      line("Server Version", "ServerVersion");
    }

    private void drivers() {
      line("Storage Driver", "Driver");
      if (info.has("DriverStatus")) {
        info.json()
            .getAsJsonArray("DriverStatus")
            .forEach(
                pair ->
                    line(
                        2,
                        pair.getAsJsonArray().get(0).getAsString(),
                        pair.getAsJsonArray().get(1).getAsString()));
      }
      line("Logging Driver", "LoggingDriver");
      line("Cgroup Driver", "CgroupDriver");
      line("Cgroup Version", "CgroupVersion");
      text.append(" Plugins:\n");
      for (String kind : List.of("Volume", "Network", "Log")) {
        List<String> plugins = info.object("Plugins").texts(kind);
        if (!plugins.isEmpty()) {
          line(2, kind, String.join(" ", plugins));
        }
      }
      line(1, "Swarm", info.object("Swarm").text("LocalNodeState"));
      Map<String, Object> runtimes = new TreeMap<>();
      info.object("Runtimes").names().forEach(name -> runtimes.put(name, name));
      line(1, "Runtimes", String.join(" ", runtimes.keySet()));
      line("Default Runtime", "DefaultRuntime");
      line("Init Binary", "InitBinary");
    }

    private void machine() {
      if (!info.texts("SecurityOptions").isEmpty()) {
        text.append(" Security Options:\n");
      }
      for (String option : info.texts("SecurityOptions")) {
        for (String part : option.split(",", -1)) {
          int equals = part.indexOf('=');
          String value = part.substring(equals + 1);
          if (part.startsWith("name=")) {
            text.append("  ").append(value).append('\n');
          } else {
            String label = part.substring(0, equals);
            line(3, Character.toUpperCase(label.charAt(0)) + label.substring(1), value);
          }
        }
      }
      line("Kernel Version", "KernelVersion");
      line("Operating System", "OperatingSystem");
      line("OSType", "OSType");
      line("Architecture", "Architecture");
      line("CPUs", "NCPU");
      line(1, "Total Memory", HumanSize.binary(info.number("MemTotal")));
    }

    private void engine() {
      line("Name", "Name");
      line("ID", "ID");
      line("Docker Root Dir", "DockerRootDir");
      line("Debug Mode", "Debug");
      line("Experimental", "ExperimentalBuild");
      List<String> registries = info.object("RegistryConfig").texts("InsecureRegistryCIDRs");
      if (!registries.isEmpty()) {
        text.append(" Insecure Registries:\n");
        registries.forEach(registry -> text.append("  ").append(registry).append('\n'));
      }
      line("Live Restore Enabled", "LiveRestoreEnabled");
    }
  }
}
