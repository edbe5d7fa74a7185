package io.jdocker.network.overlay;

import io.jdocker.linux.durable.AtomicFile;
import io.jdocker.network.Cidr;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code subnet.env}: this host's part of the cluster's network, for scripts, as flannel has it.
 */
record SubnetEnvironment(Path file) {
  private static final String SUBNET = "FLANNEL_SUBNET=";

  /** Writes it; the subnet is written with the gateway's address. */
  void write(Cidr cluster, Cidr gateway, int mtu, boolean masquerade) {
    String text =
        "FLANNEL_NETWORK="
            + cluster
            + "\n"
            + SUBNET
            + gateway
            + "\nFLANNEL_MTU="
            + mtu
            + "\nFLANNEL_IPMASQ="
            + masquerade
            + "\n";
    try {
      Files.createDirectories(file.getParent());
      if (!Files.exists(file) || !Files.readString(file).equals(text)) {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The subnet that this host had last. */
  Optional<Cidr> subnet() {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(SUBNET))
          .findFirst()
          .flatMap(line -> Cidr.parse(line.substring(SUBNET.length())))
          .map(Cidr::subnet);
    } catch (IOException none) {
      return Optional.empty();
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
