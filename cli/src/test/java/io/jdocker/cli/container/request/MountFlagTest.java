package io.jdocker.cli.container.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** --mount and --time-offset as requests, and what is refused before any request. */
class MountFlagTest {
  @TempDir Path directory;

  private JsonObject hostConfig(String... flags) throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      engine.answer("POST /containers/create", 201, "{\"Id\":\"abc\",\"Warnings\":[]}");
      String[] words = new String[flags.length + 2];
      words[0] = "create";
      System.arraycopy(flags, 0, words, 1, flags.length);
      words[words.length - 1] = "image";
      assertEquals(new Typed(0, "abc\n", ""), Typed.at(engine, words));
      return JsonParser.parseString(engine.body("POST /containers/create"))
          .getAsJsonObject()
          .getAsJsonObject("HostConfig");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "type=bind,src=/a,dst=/b,ro|{\"Type\":\"bind\",\"Source\":\"/a\",\"Target\":\"/b\","
            + "\"ReadOnly\":true}",
        "type=bind,source=/a,target=/b,bind-recursive=disabled|{\"Type\":\"bind\",\"Source\":\"/a\","
            + "\"Target\":\"/b\",\"BindOptions\":{\"NonRecursive\":true}}",
        "type=bind,source=/a,target=/b,readonly,bind-recursive=writable|{\"Type\":\"bind\","
            + "\"Source\":\"/a\",\"Target\":\"/b\",\"ReadOnly\":true,"
            + "\"BindOptions\":{\"ReadOnlyNonRecursive\":true}}",
        "type=bind,src=/a,dst=/b,ro,bind-recursive=readonly,bind-propagation=rprivate|"
            + "{\"Type\":\"bind\",\"Source\":\"/a\",\"Target\":\"/b\",\"ReadOnly\":true,"
            + "\"BindOptions\":{\"Propagation\":\"rprivate\",\"ReadOnlyForceRecursive\":true}}",
        "type=bind,src=/a,dst=/b,bind-create-src|{\"Type\":\"bind\",\"Source\":\"/a\","
            + "\"Target\":\"/b\",\"BindOptions\":{\"CreateMountpoint\":true}}",
        "type=volume,src=v,dst=/b,volume-subpath=x/y,volume-nocopy,volume-label=k=1,volume-opt=o=ro|"
            + "{\"Type\":\"volume\",\"Source\":\"v\",\"Target\":\"/b\",\"VolumeOptions\":"
            + "{\"NoCopy\":true,\"Subpath\":\"x/y\",\"Labels\":{\"k\":\"1\"},"
            + "\"DriverConfig\":{\"Options\":{\"o\":\"ro\"}}}}",
        "type=tmpfs,dst=/b,tmpfs-size=1m,tmpfs-mode=700|{\"Type\":\"tmpfs\",\"Target\":\"/b\","
            + "\"TmpfsOptions\":{\"SizeBytes\":1048576,\"Mode\":448}}",
      })
  void isTheApisMount(String mount, String json) throws IOException {
    assertEquals(
        JsonParser.parseString(json), hostConfig("--mount", mount).getAsJsonArray("Mounts").get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--time-offset monotonic=3600s,boottime=-5",
        "--time-offset monotonic=3600s --time-offset boottime=-5",
        "--time-offset=boottime=-5 --time-offset=monotonic=1 --time-offset=monotonic=3600s",
      })
  void clocksMayComeTogetherOrOneByOne(String flags) throws IOException {
    assertEquals(
        JsonParser.parseString("{\"monotonic\":\"3600s\",\"boottime\":\"-5\"}"),
        hostConfig(flags.split(" ", -1)).get("TimeOffsets"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--mount | type=bind,src=/a,dst=/b,bind-recursive=readonly | option"
            + " 'bind-recursive=readonly' requires 'readonly' to be specified in conjunction",
        "--mount | type=bind,src=/a,dst=/b,bind-recursive=writable | option"
            + " 'bind-recursive=writable' requires 'readonly' to be specified in conjunction",
        "--mount | type=bind,src=/a,dst=/b,ro,bind-recursive=readonly | option"
            + " 'bind-recursive=readonly' requires 'bind-propagation=rprivate' to be specified in"
            + " conjunction",
        "--mount | type=bind,src=/a,dst=/b,bind-recursive=x | invalid value for bind-recursive: x",
        "--mount | type=bind,src=/a | target is required",
        "--mount | dst=/b,tmpfs-mode=9 | invalid value for tmpfs-mode: 9",
        "--mount | type=tmpfs,dst=/b,bind-propagation=shared | cannot mix 'bind-*' options with"
            + " mount type 'tmpfs'",
        "--time-offset | monotonic | expected CLOCK=SECONDS",
        "--time-offset | =5 | expected CLOCK=SECONDS",
      })
  void whatIsWrongIsNamedBeforeAnythingIsSent(String flag, String value, String reason)
      throws IOException {
    try (FakeEngine engine = FakeEngine.listen(directory)) {
      Typed typed = Typed.at(engine, "create", flag, value, "image");
      assertEquals(125, typed.code());
      assertEquals(
          "invalid argument \"" + value + "\" for \"" + flag + "\" flag: " + reason,
          typed.err().lines().findFirst().orElse(""));
      assertEquals(0, engine.lines().stream().filter(line -> line.startsWith("POST")).count());
    }
  }
}
