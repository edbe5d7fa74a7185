package io.jdocker.network.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.failure.NotFound;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.network.Cidr;
import io.jdocker.network.Ipv4;
import io.jdocker.network.etcd.EtcdClient;
import io.jdocker.network.etcd.EtcdEndpoint;
import io.jdocker.network.etcd.EtcdTls;
import io.jdocker.network.etcd.FakeEtcd;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which subnet a host gets, and keeps. */
class SubnetLeasesTest {
  private static final Ipv4 HOST = Ipv4.of("192.168.77.11");
  private static final String PATH = "/coreos.com/network";
  private static final String OTHER =
      "{\"PublicIP\":\"192.168.77.99\",\"BackendType\":\"host-gw\"}";

  private FakeEtcd etcd;
  private SubnetLeases leases;

  @BeforeEach
  void open() {
    etcd = FakeEtcd.start("127.0.0.1", 0);
    EtcdClient client = new EtcdClient(EtcdEndpoint.parse(etcd.url()), EtcdTls.NONE);
    leases = new SubnetLeases(client, PATH, Duration.ofDays(1));
    config("\"SubnetMin\":\"10.244.1.0\",\"SubnetMax\":\"10.244.4.0\"");
  }

  @AfterEach
  void close() {
    etcd.close();
  }

  private void config(String more) {
    etcd.put(
        PATH + "/config",
        "{\"Network\":\"10.244.0.0/16\"," + more + ",\"Backend\":{\"Type\":\"host-gw\"}}");
  }

  private static SubnetLease content(Cidr subnet) {
    return new SubnetLease(subnet, HOST, "host-gw", Optional.empty());
  }

  private Cidr acquire(Optional<Cidr> before, Cidr... taken) {
    return leases
        .acquire(leases.config(), HOST, before, List.of(taken), SubnetLeasesTest::content)
        .subnet();
  }

  private static String key(String subnet) {
    return SubnetLease.key(PATH, Cidr.of(subnet));
  }

  @Test
  void aFreeSubnetIsLeasedForADay() {
    etcd.put(key("10.244.1.0/24"), OTHER);
    etcd.put(key("10.244.2.0/24"), "what nobody can read is taken all the same");
    Cidr own = acquire(Optional.empty(), Cidr.of("10.244.3.128/25"));
    assertEquals(Cidr.of("10.244.4.0/24"), own, "the one that neither a host nor this one has");
    assertEquals(86400, etcd.lifeOf(key("10.244.4.0/24")));
    Unavailable full =
        assertThrows(
            Unavailable.class,
            () ->
                leases.acquire(
                    leases.config(),
                    Ipv4.of("192.168.77.12"),
                    Optional.empty(),
                    List.of(Cidr.of("10.244.3.0/24")),
                    SubnetLeasesTest::content));
    assertEquals(
        "no free subnet of /24 is left in the cluster's network 10.244.0.0/16", full.getMessage());
  }

  @Test
  void aHostKeepsTheSubnetItHas() {
    Cidr first = acquire(Optional.empty());
    assertEquals(first, acquire(Optional.empty()));
    assertEquals(first, acquire(Optional.of(Cidr.of("10.244.1.0/24"))), "before what it had once");
    config("\"SubnetMin\":\"10.244.9.0\"");
    Cidr moved = acquire(Optional.empty());
    assertNotEquals(first, moved, "the config admits the old one no more");
    assertFalse(etcd.all().containsKey(SubnetLease.key(PATH, first)));
  }

  @Test
  void whatAHostHadBeforeIsTakenAgainIfItIsFree() {
    Optional<Cidr> before = Optional.of(Cidr.of("10.244.3.0/24"));
    assertEquals(before.get(), acquire(before));
    etcd.delete(key("10.244.3.0/24"));
    etcd.put(key("10.244.3.0/24"), OTHER);
    assertNotEquals(before.get(), acquire(before));
  }

  @Test
  void aReservationOfAnOperatorNeverEnds() {
    etcd.put(key("10.244.2.0/24"), content(Cidr.of("10.244.2.0/24")).value());
    assertEquals(Cidr.of("10.244.2.0/24"), acquire(Optional.empty()));
    assertEquals(0, etcd.leaseOf(key("10.244.2.0/24")));
    assertEquals(SubnetLeases.Renewal.DONE, leases.renew(content(Cidr.of("10.244.2.0/24"))));
    assertEquals(0, etcd.leaseOf(key("10.244.2.0/24")));
  }

  @Test
  void renewingGrantsANewLeaseAndLeavesNoOther() {
    Cidr own = acquire(Optional.empty());
    String key = SubnetLease.key(PATH, own);
    long first = etcd.leaseOf(key);
    assertEquals(SubnetLeases.Renewal.DONE, leases.renew(content(own)));
    assertNotEquals(first, etcd.leaseOf(key));
    assertEquals(List.of(etcd.leaseOf(key)), etcd.leases());
    etcd.expire(key);
    assertEquals(SubnetLeases.Renewal.DONE, leases.renew(content(own)), "nobody took it meanwhile");
    assertTrue(etcd.all().containsKey(key));
    etcd.put(key, OTHER);
    assertEquals(SubnetLeases.Renewal.LOST, leases.renew(content(own)));
    assertEquals(OTHER, etcd.all().get(key));
  }

  @Test
  void onlyTheOwnLeaseIsGivenBack() {
    Cidr own = acquire(Optional.empty());
    leases.release(own, Ipv4.of("192.168.77.12"));
    assertTrue(etcd.all().containsKey(SubnetLease.key(PATH, own)));
    leases.release(own, HOST);
    leases.release(own, HOST);
    assertFalse(etcd.all().containsKey(SubnetLease.key(PATH, own)));
  }

  @Test
  void aClusterWithoutConfigIsNamedWithTheKeyToWrite() {
    etcd.delete(PATH + "/config");
    NotFound none = assertThrows(NotFound.class, () -> leases.config());
    assertTrue(none.getMessage().contains("no network config at /coreos.com/network/config"));
    assertTrue(none.getMessage().contains("etcdctl put /coreos.com/network/config"));
  }
}
