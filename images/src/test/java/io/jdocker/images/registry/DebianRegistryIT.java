package io.jdocker.images.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.images.Image;
import io.jdocker.images.ImageReference;
import io.jdocker.images.RegistryFixture;
import io.jdocker.images.registry.Credentials.Anonymous;
import io.jdocker.images.registry.Credentials.Password;
import io.jdocker.images.testing.BusyboxImage;
import io.jdocker.images.testing.DebianRegistry;
import io.jdocker.images.testing.TarBuilder;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.NotFound;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real registry of Debian, with skopeo as a second client. Needs docker-registry, skopeo. */
class DebianRegistryIT {
  @TempDir Path folder;

  /** Runs a program; its output, and it must succeed. */
  private static String run(String... words) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "ended");
    assertEquals(0, process.exitValue(), String.join(" ", words) + ": " + output);
    return output;
  }

  private RegistryFixture store(String name) throws IOException {
    return new RegistryFixture(Files.createDirectory(folder.resolve(name)));
  }

  @Test
  void whatIsPushedIsPulledTheSame() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(folder);
        RegistryFixture first = store("a");
        RegistryFixture second = store("b")) {
      String name = registry.host() + "/team/busybox:1";
      Image pushed = first.importTar(name, BusyboxImage.tar());
      first.push(name);
      Pulled pulled = second.pull(name);
      assertEquals(pushed.id(), pulled.image().id());
      assertEquals(pushed.size(), pulled.image().size());
      assertEquals(first.store().get(name).repoDigests(), pulled.image().repoDigests());
      second.push(name);
      assertEquals(pulled.digest(), second.pull(name).digest(), "again the same manifest");
      assertTrue(
          second.push(name).stream().anyMatch(line -> line.endsWith(": Layer already exists")));
    }
  }

  @Test
  void theRegistryMountsFromAnotherRepository() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(folder);
        RegistryFixture store = store("a")) {
      store.importTar(
          registry.host() + "/one:1", new TarBuilder().file("f", PullIT.noise(9999), 0644).build());
      store.push(registry.host() + "/one:1");
      store
          .store()
          .tag(registry.host() + "/one:1", ImageReference.parse(registry.host() + "/two:1"));
      List<String> lines = store.push(registry.host() + "/two:1");
      assertTrue(lines.stream().anyMatch(l -> l.endsWith(": Mounted from one")), lines.toString());
    }
  }

  @Test
  void skopeoReadsWhatWePush() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(folder);
        RegistryFixture store = store("a")) {
      String name = registry.host() + "/app:1";
      Image image = store.importTar(name, new TarBuilder().file("f", "x", 0644).build());
      store.push(name);
      Path copy = folder.resolve("copy");
      run("skopeo", "copy", "--src-tls-verify=false", "docker://" + name, "dir:" + copy);
      assertTrue(Files.readString(copy.resolve("manifest.json")).contains(image.id().toString()));
      assertTrue(Files.exists(copy.resolve(image.id().hex())), "its configuration");
    }
  }

  @Test
  void wePullWhatSkopeoPushes() throws Exception {
    try (DebianRegistry registry = DebianRegistry.start(folder);
        RegistryFixture store = store("a")) {
      Image image = store.importTar("mine:1", new TarBuilder().file("f", "x", 0644).build());
      Path archive = folder.resolve("archive.tar");
      try (var out = Files.newOutputStream(archive)) {
        store.store().save(List.of("mine:1"), out);
      }
      for (String form : List.of("oci", "v2s2")) {
        String name = registry.host() + "/by-skopeo:" + form;
        run(
            "skopeo",
            "copy",
            "--dest-tls-verify=false",
            "--format",
            form,
            "docker-archive:" + archive,
            "docker://" + name);
        try (RegistryFixture fresh = store(form)) {
          assertEquals(image.config().diffIds(), fresh.pull(name).image().config().diffIds());
        }
      }
      assertEquals(
          List.of("oci", "v2s2"),
          store
              .registries()
              .tags(ImageReference.parse(registry.host() + "/by-skopeo"), new Anonymous())
              .stream()
              .map(tag -> tag.tag().orElseThrow())
              .sorted()
              .toList());
    }
  }

  @Test
  void aPasswordOpensARegistryThatHasOne() throws IOException {
    Path passwords = folder.resolve("htpasswd");
    // bcrypt of "secret": the registry takes no other form.
    Files.writeString(
        passwords, "me:$2b$05$Q0v0HVi5ElwDzEaUqU2QgedcG3rJXAuY8N3Twx0P9KDOtKRPrZcLS\n");
    try (DebianRegistry registry =
            DebianRegistry.start(
                folder, "auth:", "  htpasswd:", "    realm: it", "    path: " + passwords);
        RegistryFixture store = store("a")) {
      String name = registry.host() + "/app:1";
      store.importTar(name, new TarBuilder().file("f", "x", 0644).build());
      Password good = new Password("me", "secret");
      Forbidden nobody = assertThrows(Forbidden.class, () -> store.push(name));
      assertTrue(nobody.getMessage().contains("no basic auth credentials"), nobody.getMessage());
      assertThrows(Forbidden.class, () -> store.push(name, new Password("me", "wrong")));
      store.push(name, good);
      try (RegistryFixture other = store("b")) {
        assertThrows(EngineException.class, () -> other.pull(name));
        assertEquals(store.store().get(name).id(), other.pull(name, good).image().id());
        assertTrue(other.registries().login(registry.host(), good).isEmpty());
        assertThrows(
            Forbidden.class,
            () -> other.registries().login(registry.host(), new Password("me", "wrong")));
      }
    }
  }

  @Test
  void tlsIsTakenWithTheCertificateOfItsFolderOnly() throws Exception {
    run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=registry",
        "-addext",
        "subjectAltName=IP:127.0.0.1",
        "-keyout",
        folder.resolve("key.pem").toString(),
        "-out",
        folder.resolve("cert.pem").toString());
    try (DebianRegistry registry =
            DebianRegistry.start(
                folder,
                "  tls:",
                "    certificate: " + folder.resolve("cert.pem"),
                "    key: " + folder.resolve("key.pem"));
        RegistryFixture loopback = store("loopback")) {
      String name = registry.host() + "/app:1";
      loopback.importTar(name, new TarBuilder().file("f", "x", 0644).build());
      loopback.push(name);
      Path trusted = Files.createDirectories(folder.resolve("certs.d").resolve(registry.host()));
      Files.copy(folder.resolve("cert.pem"), trusted.resolve("ca.crt"));
      RegistryOptions options = RegistryOptions.standard(java.util.Map.of());
      Endpoint verified =
          new Endpoint(java.net.URI.create("https://" + registry.host()), true, false);
      HttpTransport with = new HttpTransport(options.withCertificates(folder.resolve("certs.d")));
      assertTrue(with.speaksRegistry(verified));
      HttpTransport without = new HttpTransport(options.withCertificates(folder.resolve("none")));
      assertThrows(javax.net.ssl.SSLException.class, () -> without.speaksRegistry(verified));
      Files.writeString(trusted.resolve("ca.crt"), "no certificate");
      HttpTransport broken = new HttpTransport(options.withCertificates(folder.resolve("certs.d")));
      assertThrows(
          io.jdocker.linux.failure.InvalidArgument.class, () -> broken.speaksRegistry(verified));
    }
  }

  @Test
  void whatTheRegistryHasNotIsSaid() throws IOException {
    try (DebianRegistry registry = DebianRegistry.start(folder);
        RegistryFixture store = store("a")) {
      NotFound failure =
          assertThrows(NotFound.class, () -> store.pull(registry.host() + "/nope:1"));
      assertEquals(
          "manifest for "
              + registry.host()
              + "/nope:1 not found: manifest unknown: manifest unknown",
          failure.getMessage());
    }
  }
}
