package io.jdocker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.EngineException;
import io.jdocker.linux.failure.Forbidden;
import io.jdocker.linux.failure.InvalidArgument;
import io.jdocker.linux.failure.Unavailable;
import io.jdocker.linux.netlink.Rtnetlink;
import io.jdocker.linux.testing.HostNamespaces;
import io.jdocker.network.NetworkOptions.Pool;
import io.jdocker.network.driver.BridgeOptions;
import io.jdocker.network.driver.Driver;
import io.jdocker.network.driver.Driver.Traits;
import io.jdocker.network.ipam.LocalPrefix;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which subnet, gateway and range a network gets, beside what the host has already. */
class NetworkFactoryIT {
  private static final Kernel KERNEL = Kernel.load();
  private static final Driver BRIDGE = FakeDriver.bridge();
  private static final List<Cidr> NONE = List.of();

  private HostNamespaces machines;
  private Rtnetlink host;

  @BeforeEach
  void open() {
    machines = HostNamespaces.create(KERNEL);
    host = machines.run(() -> Rtnetlink.open(KERNEL));
  }

  @AfterEach
  void close() {
    host.close();
    machines.close();
  }

  private static NetworkOptions options(Pool... pools) {
    NetworkOptions defaults = NetworkOptions.of(Path.of("/nowhere"));
    return new NetworkOptions(
        defaults.root(),
        defaults.namespaces(),
        defaults.names(),
        "jt1",
        Optional.empty(),
        pools.length == 0 ? defaults.pools() : List.of(pools),
        0);
  }

  private NetworkFactory factory(NetworkOptions options) {
    return new NetworkFactory(options, host, new Ids());
  }

  private NetworkFactory factory() {
    return factory(options());
  }

  private void hostHas(String command) {
    HostNamespaces.Outcome outcome = machines.shell(command);
    assertEquals(0, outcome.status(), outcome.output());
  }

  /** A wish of {@code subnet=.. gateway=.. range=.. ipv6 internal}, each of them optional. */
  private static NetworkSpec wish(String text) {
    Map<String, String> words = new LinkedHashMap<>();
    for (String word : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      words.put(word.split("=", 2)[0], word.contains("=") ? word.split("=", 2)[1] : "");
    }
    Map<String, String> reserved = new LinkedHashMap<>();
    words.forEach(
        (key, value) -> {
          if (key.startsWith("aux.")) {
            reserved.put(key.substring(4), value);
          }
        });
    return new NetworkSpec(
        "blue",
        "bridge",
        Optional.ofNullable(words.get("subnet")),
        Optional.ofNullable(words.get("range")),
        Optional.ofNullable(words.get("gateway")),
        reserved,
        words.containsKey("internal"),
        words.containsKey("attachable"),
        words.containsKey("ipv6"),
        Map.of("com.docker.network.driver.mtu", "1400"),
        Map.of("owner", "me"));
  }

  private static NetworkFactory.Taken taken(Cidr... subnets) {
    return new NetworkFactory.Taken(List.of(subnets), List.of(), LocalPrefix.of("an engine"));
  }

  private Network make(String wish, Cidr... taken) {
    return factory().network(wish(wish), BRIDGE, taken(taken));
  }

  private static String ipam(Network network) {
    IpamConfig ipam = network.ipam().orElseThrow();
    return ipam.subnet()
        + " "
        + ipam.gateway()
        + ipam.range().map(r -> " " + r).orElse("")
        + (ipam.reserved().isEmpty() ? "" : " " + ipam.reserved());
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "subnet=10.1.0.0/24, 10.1.0.0/24 10.1.0.1",
    "subnet=10.1.0.0/24 gateway=10.1.0.254, 10.1.0.0/24 10.1.0.254",
    "subnet=10.1.0.0/24 range=10.1.0.128/25, 10.1.0.0/24 10.1.0.1 10.1.0.128/25",
    "subnet=10.1.0.0/24 range=10.1.0.200/25, 10.1.0.0/24 10.1.0.1 10.1.0.128/25", // as Docker
    "subnet=10.1.0.0/24 range=10.1.0.0/24, 10.1.0.0/24 10.1.0.1 10.1.0.0/24",
    "subnet=10.0.0.0/8, 10.0.0.0/8 10.0.0.1",
    "subnet=10.1.0.0/30, 10.1.0.0/30 10.1.0.1",
    "subnet=10.1.0.0/24 aux.router=10.1.0.5, 10.1.0.0/24 10.1.0.1 {router=10.1.0.5}",
    "'', 172.17.0.0/16 172.17.0.1",
  })
  void whatIsChosenAndWhatIsFilledIn(String wish, String expected) {
    assertEquals(expected, ipam(make(wish)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "subnet=10.1.0.0 | Invalid subnet 10.1.0.0 : invalid CIDR address: 10.1.0.0",
        "subnet=10.1.0.0/33 | Invalid subnet 10.1.0.0/33 : invalid CIDR address: 10.1.0.0/33",
        "subnet=10.01.0.0/24 | Invalid subnet 10.01.0.0/24 : invalid CIDR address: 10.01.0.0/24",
        "subnet=10.1.0.0/31 | Invalid subnet 10.1.0.0/31 : the prefix length must be in 8 to 30",
        "subnet=10.0.0.0/7 | Invalid subnet 10.0.0.0/7 : the prefix length must be in 8 to 30",
        "subnet=10.1.0.7/24 | invalid subnet 10.1.0.7/24: it should be 10.1.0.0/24",
        "gateway=10.1.0.1 | --gateway and --ip-range need a --subnet",
        "range=10.1.0.0/25 | --gateway and --ip-range need a --subnet",
        "subnet=10.1.0.0/24 gateway=x | invalid gateway address: x",
        "subnet=10.1.0.0/24 gateway=10.2.0.1"
            + " | gateway 10.2.0.1 is no host address of subnet 10.1.0.0/24",
        "subnet=10.1.0.0/24 gateway=10.1.0.0"
            + " | gateway 10.1.0.0 is no host address of subnet 10.1.0.0/24",
        "subnet=10.1.0.0/24 gateway=10.1.0.255"
            + " | gateway 10.1.0.255 is no host address of subnet 10.1.0.0/24",
        "subnet=10.1.0.0/24 range=10.1.0.0 | invalid ip-range: 10.1.0.0",
        "subnet=10.1.0.0/24 range=10.2.0.0/25"
            + " | ip-range 10.2.0.0/25 is not inside subnet 10.1.0.0/24",
        "subnet=10.1.0.0/24 range=10.1.0.0/23"
            + " | ip-range 10.1.0.0/23 is not inside subnet 10.1.0.0/24",
        "subnet=10.1.0.0/24 aux.a=10.2.0.5" + " | no matching subnet for aux-address 10.2.0.5 (a)",
        "subnet=10.1.0.0/24 aux.a=five | no matching subnet for aux-address five (a)",
      })
  void wishesThatMakeNoSense(String wish, String message) {
    assertEquals(message, assertThrows(InvalidArgument.class, () -> make(wish)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subnet=10.1.0.0/24 aux.a=10.1.0.1", // the gateway's
        "subnet=10.1.0.0/24 aux.a=10.1.0.5 aux.b=10.1.0.5",
      })
  void anAddressIsReservedOnce(String wish) {
    String told = assertThrows(Forbidden.class, () -> make(wish)).getMessage();
    assertTrue(told.startsWith("Address already in use: 10.1.0."), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipv6", "subnet=10.1.0.0/24 ipv6"})
  void ipv6ComesWithTheEnginesOwnPrefix(String wish) {
    Cidr6 mine = LocalPrefix.of("an engine").base();
    Ipam6Config six = make(wish).ipam6().orElseThrow();
    assertEquals(new Cidr6(mine.first(), 64), six.subnet());
    assertEquals(mine.first().plus(1), six.gateway());
    assertEquals(Optional.empty(), make("").ipam6());
  }

  @Test
  void whatTheHostHasOfThePrefixIsLeftToIt() {
    Cidr6 mine = LocalPrefix.of("an engine").base();
    hostHas(
        "ip -6 address add "
            + mine.first().plus(7)
            + "/64 dev "
            + HostNamespaces.UPLINK
            + " nodad");
    Cidr6 next = new Cidr6(new Ipv6(mine.first().high() + 1, 0), 64);
    assertEquals(next, make("ipv6").ipam6().orElseThrow().subnet());
  }

  @ParameterizedTest(name = "{0} beside {1}")
  @CsvSource({
    "10.1.0.0/24, 10.1.0.0/24",
    "10.1.0.0/24, 10.0.0.0/8",
    "10.1.0.0/16, 10.1.7.0/24",
  })
  void aSubnetOfAnotherNetworkIsRefused(String wanted, String taken) {
    assertEquals(
        "Pool overlaps with other one on this address space",
        assertThrows(Forbidden.class, () -> make("subnet=" + wanted, Cidr.of(taken))).getMessage());
    assertEquals(wanted + " 10.1.0.1", ipam(make("subnet=" + wanted, Cidr.of("10.2.0.0/16"))));
  }

  @Test
  void aChosenSubnetMayBeOneOfTheHost() {
    // As with dockerd: the user may know why.
    assertEquals("203.0.113.0/24 203.0.113.1", ipam(make("subnet=203.0.113.0/24")));
  }

  @Test
  void theFirstSubnetThatNeitherNetworksNorTheHostUseIsTaken() {
    Cidr first = Cidr.of("172.17.0.0/16");
    assertEquals("172.18.0.0/16 172.18.0.1", ipam(make("", first)));
    hostHas("ip address add 172.18.3.4/24 dev " + HostNamespaces.UPLINK);
    assertEquals("172.19.0.0/16 172.19.0.1", ipam(make("", first)));
    hostHas("ip route add 172.19.128.0/20 via " + HostNamespaces.REMOTE);
    assertEquals("172.20.0.0/16 172.20.0.1", ipam(make("", first)));
    hostHas("ip route add 172.20.0.0/14 via " + HostNamespaces.REMOTE);
    assertEquals("172.24.0.0/16 172.24.0.1", ipam(make("", first)), "a wide route hides four");
  }

  @Test
  void theDefaultRouteAndIpv6TakeNoSubnet() {
    hostHas("ip route add default via " + HostNamespaces.REMOTE);
    machines.shell("ip -6 address add fd00::1/64 dev " + HostNamespaces.UPLINK);
    assertEquals("172.17.0.0/16 172.17.0.1", ipam(make("")));
  }

  @Test
  void whenThePoolsAreUsedUpTheUserIsToldWhatToDo() {
    NetworkFactory factory = factory(options(new Pool(Cidr.of("10.9.0.0/23"), 24)));
    Cidr low = factory.network(wish(""), BRIDGE, taken()).ipam().orElseThrow().subnet();
    Cidr high = factory.network(wish(""), BRIDGE, taken(low)).ipam().orElseThrow().subnet();
    assertEquals(List.of("10.9.0.0/24", "10.9.1.0/24"), List.of("" + low, "" + high));
    String told =
        assertThrows(Unavailable.class, () -> factory.network(wish(""), BRIDGE, taken(low, high)))
            .getMessage();
    assertTrue(told.contains("--subnet"), told);
  }

  @Test
  void aNetworkKeepsWhatItsWishSays() {
    Network network = make("subnet=10.1.0.0/24 internal attachable");
    assertEquals("blue", network.name());
    assertEquals("bridge", network.driver());
    assertEquals("br-" + network.id().substring(0, 12), network.bridge());
    assertTrue(network.internal());
    assertTrue(network.attachable());
    assertEquals(Map.of("com.docker.network.driver.mtu", "1400"), network.options());
    assertEquals(Map.of("owner", "me"), network.labels());
    assertNotEquals(network.id(), make("subnet=10.1.0.0/24").id());
  }

  @Test
  void aKindThatNeedsNoSubnetGetsNoneUnlessOneWasChosen() {
    Driver bare = new FakeDriver("ipvlan", new Traits(true, false, false, false));
    assertEquals(Optional.empty(), factory().network(wish(""), bare, taken()).ipam());
    assertEquals(
        "10.1.0.0/24 10.1.0.1", ipam(factory().network(wish("subnet=10.1.0.0/24"), bare, taken())));
  }

  @ParameterizedTest(name = "--bip {0}")
  @ValueSource(strings = {"10.9.0.0/24", "10.9.0.255/24", "10.9.0.1/31", "10.9.0.1/32"})
  void anAddressThatABridgeCannotHave(String bip) {
    EngineException refused =
        assertThrows(
            InvalidArgument.class,
            () -> factory(options().withBip(Cidr.of(bip))).defaultBridge("id", NONE));
    assertTrue(refused.getMessage().startsWith("invalid --bip " + bip), refused.getMessage());
  }

  @Test
  void theDefaultBridgeTakesItsAddressWhereItFindsOne() {
    assertEquals("172.17.0.0/16 172.17.0.1", ipam(factory().defaultBridge("id", NONE)));

    hostHas("ip link add jt1 type bridge");
    assertEquals("172.17.0.0/16 172.17.0.1", ipam(factory().defaultBridge("id", NONE)));

    hostHas("ip address add 10.77.0.9/24 dev jt1");
    assertEquals(
        "10.77.0.0/24 10.77.0.9", ipam(factory().defaultBridge("id", NONE)), "of a bridge there");

    NetworkOptions chosen = options().withBip(Cidr.of("10.88.0.5/20"));
    assertEquals("10.88.0.0/20 10.88.0.5", ipam(factory(chosen).defaultBridge("id", NONE)));
  }

  @Test
  void theDefaultBridgeHasDockersOptions() {
    Network network = factory().defaultBridge("id", NONE);
    assertTrue(network.predefined());
    assertEquals("jt1", network.bridge());
    BridgeOptions options = BridgeOptions.of(network);
    assertTrue(options.communication());
    assertTrue(options.masquerade());
    assertEquals(1500, options.mtu());
    assertEquals(Optional.of("jt1"), options.bridgeName());
    assertEquals(Optional.empty(), options.hostAddress(), "0.0.0.0 is no choice");
  }

  @Test
  void aNetworkWhoseSubnetTheHostUsesByNowMovesAndIsOtherwiseTheSame() {
    Network network = make("subnet=10.1.0.0/24 gateway=10.1.0.9 internal");
    assertSame(network, factory().withFreeSubnet(network, NONE));
    hostHas("ip address add 10.1.0.77/25 dev " + HostNamespaces.UPLINK);
    Network moved = factory().withFreeSubnet(network, List.of(Cidr.of("172.17.0.0/16")));
    assertEquals("172.18.0.0/16 172.18.0.1", ipam(moved));
    assertEquals(
        List.of(network.id(), network.bridge(), network.labels(), network.internal()),
        List.of(moved.id(), moved.bridge(), moved.labels(), moved.internal()));
  }

  @Test
  void hostAndNoneHaveNeitherAddressesNorALink() {
    Network none = factory().plain("id", "none", "null");
    assertEquals(Optional.empty(), none.ipam());
    assertEquals("", none.bridge());
    assertTrue(none.predefined());
  }
}
