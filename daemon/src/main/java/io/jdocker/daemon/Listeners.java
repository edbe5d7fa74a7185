package io.jdocker.daemon;

import io.jdocker.daemon.config.ListenAddress;
import io.jdocker.daemon.config.ServerTls;
import io.jdocker.daemon.http.ChannelListener;
import io.jdocker.daemon.http.Listener;
import io.jdocker.daemon.http.TlsListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Opens the daemon's sockets: all, or none. */
final class Listeners {
  private Listeners() {}

  static List<Listener> open(List<ListenAddress> addresses, ServerTls tls) throws IOException {
    List<Listener> open = new ArrayList<>();
    try {
      for (ListenAddress address : addresses) {
        open.add(open(address, tls));
      }
      return open;
    } catch (IOException | RuntimeException e) {
      for (Listener each : open) {
        each.close();
      }
      throw e;
    }
  }

  private static Listener open(ListenAddress address, ServerTls tls) throws IOException {
    if (address instanceof ListenAddress.Unix unix) {
      return ChannelListener.unix(unix.path());
    } else if (address instanceof ListenAddress.Tcp tcp) {
      return tls.files().isPresent()
          ? TlsListener.bind(tcp.address(), tls.files().get().context(), tls.verified())
          : ChannelListener.tcp(tcp.address());
    }
    return ChannelListener.inherited();
  }
}
