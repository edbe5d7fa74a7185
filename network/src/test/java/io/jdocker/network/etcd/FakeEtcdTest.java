package io.jdocker.network.etcd;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The etcd of the tests does what the real one does. */
class FakeEtcdTest extends EtcdContract {
  private FakeEtcd etcd;

  @BeforeEach
  void start() {
    etcd = FakeEtcd.start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    etcd.close();
  }

  @Override
  String url() {
    return etcd.url();
  }
}
