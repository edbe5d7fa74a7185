package io.jdocker.cli.network;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.jdocker.cli.CommandFailure;
import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.http.Query;
import io.jdocker.cli.http.Response;
import io.jdocker.cli.json.ApiObject;
import io.jdocker.cli.json.JsonText;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.Flag;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;
import java.util.List;

/** {@code jdocker network doctor}: exit code 1 where something is wrong. */
public final class NetworkDoctorVerb implements Verb {
  @Override
  public Synopsis synopsis() {
    return Synopsis.of(
        "network doctor",
        "[OPTIONS]",
        "Find the usual faults of container networks and say what to do",
        ArgumentCount.none(),
        new FlagTable()
            .add(
                FlagKind.STRING,
                Flag.NO_SHORTHAND,
                "format",
                "How to tell it: 'text' or 'json'",
                "\"text\"")
            .add(FlagKind.LIST, "port", "Tell also who has this port of the host"));
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    String format = line.find("format").orElse("text");
    if (!List.of("text", "json").contains(format)) {
      throw new CommandFailure("findings are told as 'text' or 'json', not as '" + format + "'");
    }
    Query query = Query.of("/jdocker/network/doctor");
    line.list("port").forEach(port -> query.with("port", port));
    JsonElement answer;
    try (Response response = session.api().openUnversioned("GET", query)) {
      answer = JsonParser.parseString(response.text());
    }
    List<ApiObject> findings = ApiObject.list(answer);
    if (format.equals("json")) {
      session.console().printLine(JsonText.pretty(answer));
    } else {
      session.console().print(text(findings));
    }
    return findings.isEmpty() ? 0 : 1;
  }

  private static String text(List<ApiObject> findings) {
    if (findings.isEmpty()) {
      return "nothing is wrong\n";
    }
    StringBuilder text = new StringBuilder();
    for (ApiObject finding : findings) {
      text.append("✘ ").append(finding.text("Id")).append('\n');
      text.append("    ").append(finding.text("What")).append('\n');
      text.append("    so:    ").append(finding.text("Consequence")).append('\n');
      text.append("    to do: ").append(finding.text("Advice")).append("\n\n");
    }
    return text.append(findings.size() == 1 ? "1 fault\n" : findings.size() + " faults\n")
        .toString();
  }
}
