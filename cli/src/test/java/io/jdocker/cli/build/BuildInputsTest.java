package io.jdocker.cli.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import com.google.gson.stream.JsonReader;
import io.jdocker.cli.FakeEngine;
import io.jdocker.cli.Typed;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --secret}, {@code --ssh} and {@code --build-context}: what is sent for each. */
final class BuildInputsTest {
  @TempDir Path directory;
  private FakeEngine engine;
  private Path context;

  @BeforeEach
  void listen() throws IOException {
    engine = FakeEngine.listen(directory);
    engine.answer("POST /build", "{\"aux\":{\"ID\":\"sha256:abc\"}}\r\n");
    context = Files.createDirectory(directory.resolve("ctx"));
    Files.writeString(context.resolve("Dockerfile"), "FROM x\n");
    Files.writeString(directory.resolve("file"), "of a file");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  private Typed build(Map<String, String> environment, String... flags) {
    List<String> line = new ArrayList<>(List.of("-H", engine.url(), "build"));
    for (String flag : flags) {
      line.add(flag.replace("DIR", directory.toString()));
    }
    line.add(context.toString());
    return Typed.run("", environment, line);
  }

  private FakeEngine.Asked sent() {
    return engine.asked().get(engine.asked().size() - 1);
  }

  /** The length before it need not be text, as which the fake engine takes a body. */
  private String document() {
    String body = sent().body();
    StringReader text = new StringReader(body.substring(body.indexOf('{')));
    return JsonParser.parseReader(new JsonReader(text)).toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "id=s,src=DIR/file | s | of a file",
        "id=s,source=DIR/file | s | of a file",
        "type=file,id=s,src=DIR/file | s | of a file",
        "src=DIR/file | DIR/file | of a file",
        "id=s,env=TOKEN | s | of the environment",
        "type=env,id=s,src=TOKEN | s | of the environment",
        "type=env,id=TOKEN | TOKEN | of the environment",
        "id=TOKEN | TOKEN | of the environment",
        "id=s,env=UNSET | s | ''",
      })
  void aSecretIsOfAFileOrOfTheEnvironment(String flag, String id, String content)
      throws IOException {
    Typed typed = build(Map.of("TOKEN", "of the environment"), "--secret", flag);
    assertEquals(0, typed.code(), typed.err());
    String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    String name = id.replace("DIR", directory.toString());
    assertEquals("{\"secrets\":{\"" + name + "\":\"" + encoded + "\"}}", document());
  }

  @Test
  void aSecretIsInNoAddressAndNoHeader() {
    build(Map.of("TOKEN", "hush"), "--secret", "id=s,env=TOKEN");
    String encoded = Base64.getEncoder().encodeToString("hush".getBytes(StandardCharsets.UTF_8));
    String head = sent().line() + sent().head();
    assertTrue(!head.contains("hush") && !head.contains(encoded), head);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--secret | id | invalid field 'id'",
        "--secret | type=pipe,id=s | invalid secret",
        "--secret | env=X | invalid secret",
        "--secret | id=s,src=DIR/nosuch | is no file",
        "--secret | id=s,src=DIR | is no file",
        "--ssh | default | SSH_AUTH_SOCK is not set",
        "--ssh | a=DIR/nosuch | could not find ssh agent socket",
        "--ssh | a=DIR/file | a key as a file is not supported",
        "--build-context | name | expected key=value",
        "--build-context | =DIR | expected key=value",
        "--build-context | n=DIR/nosuch | not found",
        "--build-context | n=https://example.com/x | neither a folder nor docker-image",
      })
  void whatCannotBeIsSaidAndNothingIsSent(String flag, String value, String message) {
    Typed typed = build(Map.of(), flag, value);
    assertEquals(1, typed.code());
    assertTrue(typed.err().contains(message), typed.err());
    assertTrue(engine.lines().stream().noneMatch(line -> line.contains("/build")));
  }

  @Test
  void anAgentIsSentAsItsPath() throws IOException {
    Path agent = directory.resolve("engine-like.sock");
    try (var socket =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      socket.bind(java.net.UnixDomainSocketAddress.of(agent));
      build(Map.of("SSH_AUTH_SOCK", agent.toString()), "--ssh", "default", "--ssh", "b=" + agent);
    }
    assertEquals(
        "{\"agents\":{\"default\":\"" + agent + "\",\"b\":\"" + agent + "\"}}", document());
  }

  @Test
  void moreTreesGoAlongBesideTheContext() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Files.writeString(other.resolve("f"), "x");
    Files.writeString(context.resolve(".dockerignore"), "ignored\n");
    Files.writeString(context.resolve("ignored"), "x");
    build(
        Map.of(), "--build-context", "o=" + other, "--build-context", "i=docker-image://alpine:3");
    assertEquals(
        "{\"contexts\":{\"o\":{\"folder\":\"contexts0\"},\"i\":{\"image\":\"alpine:3\"}},"
            + "\"contextFolder\":\"main\"}",
        document());
    byte[] body = sent().body().getBytes(StandardCharsets.ISO_8859_1);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    in.readNBytes(in.readInt());
    List<String> names = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    for (TarArchiveEntry next = tar.getNextEntry(); next != null; next = tar.getNextEntry()) {
      names.add(next.getName());
    }
    assertEquals(
        List.of("main/", "main/.dockerignore", "main/Dockerfile", "contexts0/", "contexts0/f"),
        names);
  }

  @Test
  void withoutAnyOfThemTheContextIsSentAsDockerSendsIt() {
    build(Map.of());
    assertEquals("application/x-tar", sent().head().get("content-type"));
  }
}
