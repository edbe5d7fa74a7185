package io.jdocker.network.etcd;

import io.jdocker.linux.failure.InvalidArgument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The files that TLS needs, in PEM.
 *
 * @param ca who signs the members' certificates; empty for those the machine trusts
 * @param certificate who this host is, with intermediate certificates behind; needs a key
 * @param key its private key, PKCS #8 without a password
 */
public record EtcdTls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key) {
  public static final EtcdTls NONE =
      new EtcdTls(Optional.empty(), Optional.empty(), Optional.empty());

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  public EtcdTls {
    if (certificate.isPresent() != key.isPresent()) {
      throw new InvalidArgument(
          "a certificate and its key go together: give both kv.certfile and kv.keyfile");
    }
  }

  /**
   * Reads the files.
   *
   * @throws InvalidArgument naming the file that cannot be used
   */
  SSLSocketFactory sockets() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new InvalidArgument("cannot set up TLS for the cluster store: " + e.getMessage(), e);
    }
  }

  private TrustManager[] trust() throws GeneralSecurityException {
    if (ca.isEmpty()) {
      return null;
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate trusted : certificates(ca.get())) {
      store.setCertificateEntry("ca" + number++, trusted);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager[] keys() throws GeneralSecurityException {
    if (certificate.isEmpty()) {
      return null;
    }
    Collection<? extends Certificate> chain = certificates(certificate.get());
    PrivateKey own = privateKey(key.orElseThrow(), chain.iterator().next());
    KeyStore store = empty();
    store.setKeyEntry("own", own, new char[0], chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, null);
    } catch (IOException e) {
      throw new AssertionError("an empty key store is read from nothing", e);
    }
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new InvalidArgument("there is no certificate in " + file);
      }
      return List.copyOf(found);
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, e);
    }
  }

  private static PrivateKey privateKey(Path file, Certificate owner) {
    try {
      Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new InvalidArgument(
            "the key in "
                + file
                + " is not in PKCS #8: convert it with openssl pkcs8 -topk8 -nocrypt");
      }
      byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
      return KeyFactory.getInstance(owner.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file, e);
    }
  }

  private static InvalidArgument unusable(Path file, Exception e) {
    String reason = e instanceof IOException ? e.toString() : e.getMessage();
    return new InvalidArgument("cannot use " + file + " for TLS: " + reason, e);
  }
}
