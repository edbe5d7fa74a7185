package io.jdocker.images.registry;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.SystemFailure;
import io.jdocker.linux.tls.Anybody;
import io.jdocker.linux.tls.PemKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The TLS settings of a registry, from {@code HOST:PORT/} in Docker's folder: authorities to trust
 * beside the machine's ({@code *.crt}), and our own certificate ({@code NAME.cert} with {@code
 * NAME.key}).
 */
final class Certificates {
  private static final char[] NO_PASSWORD = {};

  private final Path folder;

  Certificates(Path folder) {
    this.folder = folder;
  }

  /**
   * The settings for a registry.
   *
   * @param verified false to take any certificate
   * @return empty when the JDK's own will do
   * @throws InvalidArgument naming the file that cannot be used
   */
  Optional<SSLContext> context(Authority registry, boolean verified) {
    Path own = folder.resolve(registry.toString());
    List<Path> files = Files.isDirectory(own) ? children(own) : List.of();
    if (files.isEmpty() && verified) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(files), verified ? trust(files) : new TrustManager[] {new Anybody()}, null);
      return Optional.of(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new InvalidArgument("cannot use the certificates in " + own + ": " + e.getMessage(), e);
    }
  }

  private static List<Path> children(Path own) {
    try (Stream<Path> files = Files.list(own)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new SystemFailure("cannot read " + own + ": " + e.getMessage(), e);
    }
  }

  private static boolean ends(Path file, String ending) {
    return file.getFileName().toString().endsWith(ending);
  }

  private static TrustManager[] trust(List<Path> files)
      throws GeneralSecurityException, IOException {
    List<Path> authorities = files.stream().filter(file -> ends(file, ".crt")).toList();
    if (authorities.isEmpty()) {
      return null; // the JDK's own
    }
    KeyStore store = emptyStore();
    for (X509Certificate known : systemAuthorities()) {
      store.setCertificateEntry("system-" + store.size(), known);
    }
    for (Path file : authorities) {
      for (Certificate certificate : read(file)) {
        store.setCertificateEntry("own-" + store.size(), certificate);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static List<X509Certificate> systemAuthorities() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return Stream.of(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .flatMap(m -> Stream.of(((X509ExtendedTrustManager) m).getAcceptedIssuers()))
        .toList();
  }

  private static KeyManager[] keys(List<Path> files) throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (Path file : files) {
      if (ends(file, ".cert")) {
        String name = file.getFileName().toString();
        Path key = file.resolveSibling(name.substring(0, name.length() - 5) + ".key");
        if (!Files.exists(key)) {
          throw new InvalidArgument(
              "missing key " + key.getFileName() + " for client certificate " + name);
        }
        Certificate[] chain = read(file).toArray(new Certificate[0]);
        String text = Files.readString(key, StandardCharsets.US_ASCII);
        store.setKeyEntry(
            name,
            PemKey.read(key.toString(), text, chain[0].getPublicKey().getAlgorithm()),
            NO_PASSWORD,
            chain);
      }
    }
    if (store.size() == 0) {
      return null; // none to show
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  private static Collection<? extends Certificate> read(Path file)
      throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new InvalidArgument(file + " holds no certificate");
      }
      return found;
    }
  }
}
