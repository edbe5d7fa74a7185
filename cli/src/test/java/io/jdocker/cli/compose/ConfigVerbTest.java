package io.jdocker.cli.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code compose config} and mistakes on the command line: no engine is asked for them. */
class ConfigVerbTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: shop
        services:
          web: {image: "web:$TAG", depends_on: [db], ports: ["80:80"]}
          db: {build: ., volumes: ["data:/data"]}
          tool: {image: t, profiles: [tools]}
        volumes: {data: }
        """);
  }

  private Typed compose(String... words) {
    List<String> line = new ArrayList<>(List.of("compose", "-f", folder + "/compose.yaml"));
    line.addAll(List.of(words));
    return Typed.run("", Map.of("TAG", "7", "JDOCKER_ROOT", "/proc/no-engine"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --services | web,db
          --volumes  | data
          --networks | default
          --images   | web:7,shop-db
          -q         | ''
          """)
  void listsOfNames(String flag, String names) {
    Typed typed = compose("config", flag);
    assertEquals(0, typed.code(), typed.err());
    assertEquals(names, String.join(",", typed.out().lines().toList()));
  }

  @Test
  void theWholeProject() {
    assertEquals(
        """
        name: shop
        networks:
          default:
            name: shop_default
        services:
          db:
            build:
              context: FOLDER
            command: null
            entrypoint: null
            networks:
              default: null
            volumes:
              - source: data
                target: /data
                type: volume
          web:
            command: null
            depends_on:
              db:
                condition: service_started
                required: true
            entrypoint: null
            image: web:7
            networks:
              default: null
            ports:
              - mode: ingress
                protocol: tcp
                published: "80"
                target: 80
        volumes:
          data:
            name: shop_data
        """,
        compose("config").out().replace(folder.toString(), "FOLDER"));
  }

  @Test
  void hashesAreOfEachService() {
    List<String> lines = compose("config", "--hash", "*").out().lines().toList();
    assertEquals(2, lines.size());
    assertEquals(lines.get(1), compose("config", "--hash", "web").out().strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          config nope                      | 1  | no such service: nope
          config --hash nope               | 1  | no such service: nope
          config --format xml              | 1  | unsupported format "xml"
          up --force-recreate --no-recreate| 1  | --force-recreate and --no-recreate are incompatible
          up --build --no-build            | 1  | --build and --no-build are incompatible
          up --pull sometimes              | 1  | invalid pull policy: sometimes
          up --scale web                   | 1  | invalid --scale option "web". Should be SERVICE=NUM
          up --scale nope=2 -d             | 1  | no such service: nope
          scale web=x                      | 1  | invalid --scale option "web=x". Should be SERVICE=NUM
          down --rmi some                  | 1  | invalid value for --rmi: "some"
          cp a b                           | 1  | unknown copy direction
          """)
  void mistakesOnTheCommandLine(String words, int code, String message) {
    Typed typed = compose(words.strip().split(" "));
    assertEquals(message, typed.err().strip());
    assertEquals(code, typed.code());
  }

  @Test
  void mistakesInFilesHaveCodesOfTheirOwn() throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), "services:\n  a: {imagee: x}\n");
    Typed wrong = compose("config");
    assertEquals(15, wrong.code());
    assertEquals(
        "validating "
            + folder
            + "/compose.yaml:2:7: services.a additional properties 'imagee' not"
            + " allowed\n",
        wrong.err());
    Files.delete(folder.resolve("compose.yaml"));
    assertEquals(14, compose("config").code());
  }
}
