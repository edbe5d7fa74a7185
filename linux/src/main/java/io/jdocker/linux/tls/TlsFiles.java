package io.jdocker.linux.tls;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The three files of one end of a TLS connection, in PEM, as Docker's --tlscacert, --tlscert and
 * --tlskey name them.
 *
 * @param authority certificates of who may have signed the other end's; empty: it is not verified
 * @param certificate our own, with its chain; empty for a client that shows none
 * @param key of the certificate, unencrypted
 */
public record TlsFiles(Optional<Path> authority, Optional<Path> certificate, Optional<Path> key) {
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files.
   *
   * @throws InvalidArgument naming the file that cannot be used
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own(), trusted(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new InvalidArgument("cannot use the TLS files " + this + ": " + e.getMessage(), e);
    }
  }

  private TrustManager[] trusted() throws GeneralSecurityException {
    if (authority.isEmpty()) {
      return new TrustManager[] {new Anybody()};
    }
    KeyStore store = emptyStore();
    for (Certificate each : certificates(authority.get())) {
      store.setCertificateEntry("authority-" + store.size(), each);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager[] own() throws GeneralSecurityException {
    if (certificate.isEmpty() && key.isEmpty()) {
      return new KeyManager[0];
    }
    if (certificate.isEmpty() || key.isEmpty()) {
      throw new InvalidArgument("a TLS certificate and its key go together: one is missing");
    }
    Certificate[] chain = certificates(certificate.get()).toArray(new Certificate[0]);
    KeyStore store = emptyStore();
    store.setKeyEntry(
        "own",
        PemKey.read(key.get().toString(), text(key.get()), chain[0].getPublicKey().getAlgorithm()),
        NO_PASSWORD,
        chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, NO_PASSWORD);
    } catch (IOException e) {
      throw new GeneralSecurityException("cannot make an empty key store", e);
    }
    return store;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new InvalidArgument("cannot read " + file + ": " + e, e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new InvalidArgument(file + " holds no certificate");
      }
      return found;
    } catch (IOException e) {
      throw new InvalidArgument("cannot read " + file + ": " + e, e);
    }
  }
}
