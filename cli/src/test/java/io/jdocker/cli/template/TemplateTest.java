package io.jdocker.cli.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What templates print, each line as docker 28 prints it for the same document. */
class TemplateTest {
  private static final JsonElement DOCUMENT =
      JsonParser.parseString(
          """
          {"Id":"0123456789abcdef","Name":"/web","Created":"2026-01-02T03:04:05Z",
           "State":{"Status":"running","Pid":42,"Running":true,"ExitCode":0,"Health":null},
           "Config":{"Env":["A=1","B=2"],"Cmd":null,"Labels":{"b":"2","a":"1","x.y":"<z>"}},
           "NetworkSettings":{"Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],"90/udp":null},
             "Networks":{"bridge":{"IPAddress":"172.17.0.2"},"aux":{"IPAddress":"10.0.0.2"}}},
           "Mounts":[],"SizeRw":1.5,"Big":1234567890123}
          """);

  static Stream<Arguments> cases() {
    return Stream.of(TemplateCases.FIELDS, TemplateCases.ACTIONS, TemplateCases.FUNCTIONS)
        .flatMap(TemplateCases::pairs);
  }

  @ParameterizedTest(name = "case {index}")
  @MethodSource("cases")
  void prints(String template, String expected) {
    assertEquals(
        expected, Template.parse(template).execute(JsonValues.document(DOCUMENT)), template);
  }
}
