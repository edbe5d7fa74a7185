package io.jdocker.compose.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jdocker.compose.ProjectFolder;
import io.jdocker.compose.model.Confinement;
import io.jdocker.compose.model.Connection;
import io.jdocker.compose.model.Project;
import io.jdocker.compose.model.Service;
import io.jdocker.linux.failure.InvalidArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts of a service and of what is beside it, from the file to the record. */
class WholeServiceTest {
  @TempDir Path folder;

  private Service service(String lines) {
    return new ProjectFolder(folder).service("image: x\n" + lines);
  }

  private String refused(String lines) {
    return assertThrows(InvalidArgument.class, () -> service(lines))
        .getMessage()
        .replace("validating " + folder + "/compose.yaml:", "");
  }

  private Project project(String rest) {
    return new ProjectFolder(folder)
        .name("p")
        .write("compose.yaml", "services: {app: {image: x}}\n" + rest)
        .load();
  }

  @Test
  void confinement() {
    Confinement confinement =
        service(
                """
                privileged: true
                read_only: yes
                cap_add: [NET_ADMIN]
                cap_drop: [ALL]
                security_opt: [no-new-privileges]
                device_cgroup_rules: ["c 1:3 mr"]
                sysctls: [net.core.somaxconn=5, kernel.msgmax=7]
                pid: host
                ipc: shareable
                uts: host
                userns_mode: host
                cgroup: private
                cgroup_parent: /own
                """)
            .confinement();
    assertEquals(
        new Confinement(
            true,
            true,
            List.of("NET_ADMIN"),
            List.of("ALL"),
            List.of("no-new-privileges"),
            List.of(),
            List.of("c 1:3 mr"),
            Map.of("net.core.somaxconn", "5", "kernel.msgmax", "7"),
            "host",
            "shareable",
            "host",
            "host",
            "private",
            "/own"),
        confinement);
  }

  @Test
  void anAttachmentToANetwork() {
    Connection.Attachment attachment =
        service(
                """
                networks:
                  default:
                    aliases: [a, b]
                    ipv4_address: 10.0.0.2
                    ipv6_address: "fd00::2"
                    link_local_ips: [169.254.1.1]
                    mac_address: "02:00:00:00:00:01"
                    driver_opts: {k: 1}
                    priority: 7
                    gw_priority: -3
                    interface_name: eth9
                """)
            .connection()
            .networks()
            .get("default");
    assertEquals(
        new Connection.Attachment(
            List.of("a", "b"),
            "10.0.0.2",
            "fd00::2",
            List.of("169.254.1.1"),
            "02:00:00:00:00:01",
            Map.of("k", "1"),
            7,
            -3),
        attachment);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extra_hosts: ["a=1.2.3.4", "a=1.2.3.5", "b:[::1]"] | {a=[1.2.3.4, 1.2.3.5], b=[::1]}
          extra_hosts: {a: [1.2.3.4, "[::1]"]}     | {a=[1.2.3.4, ::1]}
          extra_hosts: {a: host-gateway}           | {a=[host-gateway]}
          extra_hosts: ["a:b=c"]                   | {a:b=[c]}
          """)
  void hosts(String line, String expected) {
    assertEquals(expected, service(line).connection().extraHosts().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extra_hosts: [alone]          | 4:18: services.app.extra_hosts bad format for host "alone": an address is missing
          extra_hosts: {a: }            | 4:18: services.app.extra_hosts bad format for host "a": an address is missing
          extra_hosts: {a: {b: c}}      | 4:18: services.app.extra_hosts bad format for host "a": an address is missing
          cgroup: mine                  | 4:13: services.app.cgroup must be one of host, private
          devices: /dev/null            | 4:14: services.app.devices must be an array
          pull_policy: often            | 4:18: services.app.pull_policy must be one of always, never, missing, build, daily, weekly, every_DURATION
          logging: {drivers: a}         | 4:15: services.app.logging additional properties 'drivers' not allowed
          deploy: {mode: some}          | 4:20: services.app.deploy.mode must be one of replicated, global, replicated-job, global-job
          deploy: {restart_policy: {condition: never}} | 4:42: services.app.deploy.restart_policy.condition must be one of none, on-failure, any
          deploy: {resources: {reservations: {devices: []}}} | 4:41: services.app.deploy.resources.reservations.devices is not supported by jdocker
          deploy: {replicas: -2}        | 4:24: services.app.deploy.replicas must be at least 0
          build: {context: ., ssh: [a]} | 4:25: services.app.build.ssh is not supported by jdocker's builder
          build: {privileged: true}     | 4:13: services.app.build.privileged is not supported by jdocker's builder
          build: {platforms: [a, b]}    | 4:24: services.app.build.platforms multi-platform builds are not supported
          build: {dockerfile: a, dockerfile_inline: b} | 4:28: services.app.build.dockerfile_inline declares mutually exclusive dockerfile and dockerfile_inline
          gpus: all                     | 4:5: services.app.gpus is not supported by jdocker
          post_start: []                | 4:5: services.app.post_start is not supported by jdocker
          ports: [{target: 1, protocol: icmp}] | 4:35: services.app.ports.0.protocol must be one of tcp, udp, sctp
          ports: [{target: 1, mode: both}]     | 4:31: services.app.ports.0.mode must be one of ingress, host
          volumes: [{type: nfs, target: /a}]   | 4:22: services.app.volumes.0.type must be one of bind, volume, tmpfs, image
          volumes: [{type: volume}]     | 4:15: services.app.volumes.0.target is required
          volumes: ["/a:/x", "/b:/x"]   | 4:24: services.app.volumes.1.target duplicate mount point /x
          volumes: [{type: tmpfs, target: /a, tmpfs: {mode: 9x}}] | 4:55: services.app.volumes.0.tmpfs.mode must be file permissions in octal
          secrets: [{target: a}]        | 4:15: services.app.secrets.0.source is required
          networks: [{a: b}]            | 4:16: networks must be a list of names
          labels: [[a]]                 | 4:14: services.app.labels.0 must be a string
          """)
  void mistakes(String line, String message) {
    assertEquals(message, refused(line));
  }

  @ParameterizedTest
  @CsvSource({"if_not_present, missing", "always, always", "daily, daily", "every_3h, every_3h"})
  void pullPolicies(String given, String policy) {
    assertEquals(policy, service("pull_policy: " + given).origin().pullPolicy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: tmpfs, target: /t, tmpfs: {size: 5m, mode: 01777}} | 5242880 | 1023
          {type: tmpfs, target: /t, tmpfs: {mode: "755"}}           | 0       | 493
          {type: tmpfs, target: /t, tmpfs: {mode: 0o700}}           | 0       | 448
          {type: tmpfs, target: /t, tmpfs: {mode: 511}}             | 0       | 511
          """)
  void tmpfs(String mount, long size, long mode) {
    io.jdocker.compose.model.Mount parsed =
        service("volumes: [" + mount + "]").storage().mounts().get(0);
    assertEquals(size, parsed.tmpfsSize());
    assertEquals(Optional.of(mode), parsed.tmpfsMode());
  }

  @Test
  void aNetworkWithItsPools() {
    Project project =
        project(
            """
            networks:
              n:
                driver: bridge
                driver_opts: {com.example: 5}
                internal: true
                attachable: true
                enable_ipv6: true
                labels: [a=b]
                ipam:
                  driver: default
                  options: {o: 1}
                  config:
                    - {subnet: 10.1.0.0/16, ip_range: 10.1.2.0/24, gateway: 10.1.0.9, aux_addresses: {h: 10.1.0.8}}
            """);
    assertEquals(
        "NetworkSpec[key=n, name=p_n, external=false, driver=bridge, options={com.example=5},"
            + " internal=true, attachable=true, ipv6=true, ipamDriver=default, ipamOptions={o=1},"
            + " pools=[Pool[subnet=10.1.0.0/16, ipRange=10.1.2.0/24, gateway=10.1.0.9,"
            + " auxiliary={h=10.1.0.8}]], labels={a=b}]",
        project.networks().get("n").toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                               | p_v   | false
          {name: own}                      | own   | false
          {external: true}                 | v     | true
          {external: true, name: own}      | own   | true
          {external: {name: old}}          | old   | true
          {external: false}                | p_v   | false
          """)
  void whatAVolumeIsCalled(String volume, String name, boolean external) {
    Project project = project("volumes: {v: " + volume + "}\n");
    assertEquals(name, project.volumes().get("v").name());
    assertEquals(external, project.volumes().get("v").external());
  }
}
