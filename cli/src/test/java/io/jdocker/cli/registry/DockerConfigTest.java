package io.jdocker.cli.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.jdocker.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
  /** user:pa:ss */
  private static final String AUTH = "dXNlcjpwYTpzcw==";

  @TempDir Path folder;

  private Map<String, String> environment() {
    return new HashMap<>(
        Map.of("DOCKER_CONFIG", folder.toString(), "PATH", folder + ":/usr/bin:/bin"));
  }

  private DockerConfig config(String json) throws IOException {
    Files.writeString(folder.resolve("config.json"), json);
    return DockerConfig.load(environment());
  }

  private JsonObject written() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("config.json")))
        .getAsJsonObject();
  }

  @ParameterizedTest
  @CsvSource({
    "busybox, https://index.docker.io/v1/",
    "user/app:1, https://index.docker.io/v1/",
    "docker.io/library/busybox, https://index.docker.io/v1/",
    "index.docker.io/x/y, https://index.docker.io/v1/",
    "ghcr.io/a/b@sha256:00, ghcr.io",
    "localhost/a, localhost",
    "127.0.0.1:5000/a:1, 127.0.0.1:5000",
    "reg:5000/a, reg:5000"
  })
  void knowsTheRegistryOfAnImage(String image, String key) {
    assertEquals(key, DockerConfig.registry(image));
  }

  @ParameterizedTest
  @CsvSource({
    "'', https://index.docker.io/v1/",
    "docker.io, https://index.docker.io/v1/",
    "https://index.docker.io/v1/, https://index.docker.io/v1/",
    "https://reg.example/v2/, reg.example",
    "http://reg.example:5000, reg.example:5000"
  })
  void knowsTheKeyOfWhatIsTyped(String typed, String key) {
    assertEquals(key, DockerConfig.key(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"auths\":{\"reg.example\":{\"auth\":\"" + AUTH + "\"}}}",
        "{\"auths\":{\"https://reg.example/v1/\":{\"auth\":\"" + AUTH + "\"}}}",
        "{\"auths\":{\"http://reg.example\":{\"username\":\"user\",\"password\":\"pa:ss\"}}}"
      })
  void readsAPasswordWithColonsUnderAnyFormOfTheKey(String json) throws IOException {
    assertEquals(
        Optional.of(Login.password("reg.example", "user", "pa:ss")),
        config(json).login("reg.example"));
    assertEquals(Optional.empty(), config(json).login("other.example"));
  }

  @Test
  void readsTokens() throws IOException {
    DockerConfig config =
        config(
            "{\"auths\":{\"a\":{\"auth\":\"dXNlcjo=\",\"identitytoken\":\"id\"},"
                + "\"b\":{\"registrytoken\":\"reg\"},\"c\":{}}}");
    assertEquals(Optional.of(new Login("a", "user", "", "id", "")), config.login("a"));
    assertEquals(Optional.of(new Login("b", "", "", "", "reg")), config.login("b"));
    assertEquals(Optional.empty(), config.login("c"));
  }

  @Test
  void noFileIsAnEmptyOne() {
    assertEquals(Optional.empty(), DockerConfig.load(environment()).login("x"));
    assertEquals(
        Path.of("/home/me/.docker/config.json"),
        DockerConfig.load(Map.of("HOME", "/home/me")).file());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[]", "7"})
  void aBrokenFileIsNamed(String json) {
    CommandFailure failure = assertThrows(CommandFailure.class, () -> config(json));
    assertTrue(failure.getMessage().contains("config.json"), failure.getMessage());
  }

  @Test
  void damagedSecretsAreNotPrinted() throws IOException {
    DockerConfig config = config("{\"auths\":{\"a\":{\"auth\":\"s3cr?t!\"}}}");
    CommandFailure failure = assertThrows(CommandFailure.class, () -> config.login("a"));
    assertFalse(failure.getMessage().contains("s3cr"));
    assertFalse(Login.password("a", "user", "s3cr").toString().contains("s3cr"));
  }

  @Test
  void keepsWhatOthersWrote() throws IOException {
    DockerConfig config =
        config(
            "{\"HttpHeaders\":{\"X\":\"y\"},\"proxies\":{},\"auths\":{\"old\":{\"auth\":\"eDp5\"}}}");
    assertTrue(config.store(Login.password("new", "user", "pa:ss")), "in clear");
    JsonObject json = written();
    assertEquals("y", json.getAsJsonObject("HttpHeaders").get("X").getAsString());
    assertTrue(json.has("proxies"));
    assertEquals(
        AUTH, json.getAsJsonObject("auths").getAsJsonObject("new").get("auth").getAsString());
    assertTrue(json.getAsJsonObject("auths").has("old"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("config.json"))));
    assertEquals(List.of("config.json"), names());
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aLinkedFileStaysLinked() throws IOException {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("c.json");
    Files.writeString(real, "{}");
    Files.createSymbolicLink(folder.resolve("config.json"), real);
    DockerConfig.load(environment()).store(Login.password("a", "u", "p"));
    assertTrue(Files.isSymbolicLink(folder.resolve("config.json")));
    assertTrue(Files.readString(real).contains("\"a\""));
  }

  @Test
  void forgetsUnderEveryFormOfTheKey() throws IOException {
    DockerConfig config =
        config("{\"auths\":{\"https://a/v1/\":{\"auth\":\"eDp5\"},\"a\":{},\"b\":{}}}");
    assertTrue(config.erase("a"));
    assertFalse(config.erase("a"));
    assertEquals(List.of("b"), List.copyOf(written().getAsJsonObject("auths").keySet()));
  }

  @Test
  void aVariableStandsForAFile() {
    Map<String, String> environment = environment();
    environment.put("DOCKER_AUTH_CONFIG", "{\"auths\":{\"a\":{\"auth\":\"" + AUTH + "\"}}}");
    assertEquals(
        Optional.of(Login.password("a", "user", "pa:ss")),
        DockerConfig.load(environment).login("a"));
  }

  /** A program that keeps one secret in a file beside it, and notes what it was asked. */
  private void program(String name, String get) throws IOException {
    Path file = folder.resolve("docker-credential-" + name);
    Files.writeString(
        file,
        "#!/bin/sh\nread line\necho \"$1 $line\" >>"
            + folder
            + "/asked\ncase $1 in get) "
            + get
            + ";; esac\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private String asked() throws IOException {
    return Files.readString(folder.resolve("asked"));
  }

  @Test
  void asksTheProgramForARegistryAndElseTheCommonOne() throws IOException {
    program("own", "echo '{\"ServerURL\":\"a\",\"Username\":\"u\",\"Secret\":\"s\"}'");
    program("common", "echo '{\"Username\":\"<token>\",\"Secret\":\"id\"}'");
    DockerConfig config = config("{\"credsStore\":\"common\",\"credHelpers\":{\"a\":\"own\"}}");
    assertEquals(Optional.of(Login.password("a", "u", "s")), config.login("a"));
    assertEquals(Optional.of(new Login("b", "", "", "id", "")), config.login("b"));
    assertEquals("get a\nget b\n", asked());
  }

  @Test
  void aProgramThatHasNothingOrIsMissingMeansAnonymous() throws IOException {
    program("none", "echo 'credentials not found in native keychain'; exit 1");
    assertEquals(Optional.empty(), config("{\"credsStore\":\"none\"}").login("a"));
    assertEquals(Optional.empty(), config("{\"credsStore\":\"missing\"}").login("a"));
  }

  @Test
  void aProgramsNonsenseIsAnError() throws IOException {
    program("mad", "echo hello");
    DockerConfig config = config("{\"credsStore\":\"mad\"}");
    CommandFailure failure = assertThrows(CommandFailure.class, () -> config.login("a"));
    assertTrue(failure.getMessage().startsWith("docker-credential-mad "), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "a b", "x/y", "-x"})
  void aNameThatIsAPathIsNoProgram(String name) throws IOException {
    DockerConfig config = config("{\"credsStore\":\"" + name + "\"}");
    assertThrows(CommandFailure.class, () -> config.login("a"));
  }

  @Test
  void aProgramKeepsTheSecretInTheFilesStead() throws IOException {
    program("own", "exit 1");
    DockerConfig config = config("{\"credsStore\":\"own\"}");
    assertFalse(config.store(Login.password("a", "u", "s3cr")), "not in clear");
    assertFalse(Files.readString(folder.resolve("config.json")).contains("s3cr"));
    assertTrue(written().getAsJsonObject("auths").has("a"));
    assertTrue(config.erase("a"));
    assertEquals(
        "store {\"ServerURL\":\"a\",\"Username\":\"u\",\"Secret\":\"s3cr\"}\nerase a\n", asked());
  }

  @Test
  void aProgramThatCannotKeepItSaysSo() throws IOException {
    Path file = folder.resolve("docker-credential-full");
    Files.writeString(file, "#!/bin/sh\necho no room\nexit 3\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    DockerConfig config = config("{\"credsStore\":\"full\"}");
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> config.store(Login.password("a", "u", "s3cr")));
    assertEquals(
        "error storing credentials - err: exit status 3, out: `no room`", failure.getMessage());
  }
}
