package io.jdocker.network.etcd;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The client against Debian's etcd-server. */
@Tag("nightly")
class RealEtcdIT extends EtcdContract {
  @TempDir private static Path folder;
  private static RealEtcd etcd;

  @BeforeAll
  static void start() {
    etcd = RealEtcd.start("127.0.0.1", 23790, folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    etcd.close();
  }

  @Override
  String url() {
    return etcd.url();
  }
}
