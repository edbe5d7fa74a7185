package io.jdocker.daemon.config;

import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.tls.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;

/**
 * TLS of TCP listeners.
 *
 * @param files empty when everybody may come in plainly, which was asked for in so many words
 * @param verified only clients whose certificate the authority has signed are let in
 */
public record ServerTls(Optional<TlsFiles> files, boolean verified) {

  /**
   * Decides.
   *
   * @param isTcp whether anything listens on TCP
   * @throws InvalidArgument when TCP is asked for with neither TLS nor --tls=false
   */
  static ServerTls of(Directives set, boolean isTcp) {
    boolean verified = set.flag(Directive.TLS_VERIFY).orElse(false);
    Optional<Boolean> tls = set.flag(Directive.TLS);
    if (verified || tls.orElse(false)) {
      return new ServerTls(Optional.of(files(set, verified)), verified);
    }
    if (isTcp && tls.isEmpty()) {
      throw new InvalidArgument(
          "the API on TCP is root on this machine for whoever reaches it: give --tlsverify with"
              + " --tlscacert, --tlscert and --tlskey, or --tls=false to have it so nevertheless");
    }
    return new ServerTls(Optional.empty(), false);
  }

  private static TlsFiles files(Directives set, boolean verified) {
    return new TlsFiles(
        verified ? Optional.of(path(set, Directive.TLS_CA)) : Optional.empty(),
        Optional.of(path(set, Directive.TLS_CERTIFICATE)),
        Optional.of(path(set, Directive.TLS_KEY)));
  }

  private static Path path(Directives set, Directive directive) {
    return set.one(directive)
        .map(Path::of)
        .orElseThrow(
            () -> new InvalidArgument("TLS needs --" + directive.flag() + " and its file"));
  }
}
