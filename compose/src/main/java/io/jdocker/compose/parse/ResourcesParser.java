package io.jdocker.compose.parse;

import io.jdocker.compose.model.Resources;
import io.jdocker.compose.model.Resources.BlockIo;
import io.jdocker.compose.model.Resources.DeviceRate;
import io.jdocker.compose.model.Resources.Ulimit;
import io.jdocker.compose.yaml.Mapping;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service may use: the keys of the service and those of {@code deploy.resources}, which must
 * not say different things.
 */
final class ResourcesParser {
  private final Fields fields;
  private final Fields limits;
  private final Fields reservations;

  ResourcesParser(Fields fields, Fields deploy) {
    this.fields = fields;
    Fields none = Fields.of(Scalar.nothing(io.jdocker.compose.yaml.Position.none()), "");
    Fields resources = deploy.below("resources").orElse(none);
    this.limits = resources.below("limits").orElse(none);
    this.reservations = resources.below("reservations").orElse(none);
    resources.end();
  }

  Resources parse() {
    for (String key : List.of("devices", "generic_resources")) {
      if (reservations.has(key)) {
        throw reservations.misplaced(key, "is not supported by jdocker");
      }
    }
    reservations.ignoring("cpus");
    Resources parsed =
        new Resources(
            one("cpus", fields.billionths("cpus"), "cpus", limits.billionths("cpus")),
            fields.number("cpu_shares"),
            microseconds("cpu_quota"),
            microseconds("cpu_period"),
            microseconds("cpu_rt_runtime"),
            microseconds("cpu_rt_period"),
            fields.text("cpuset"),
            one("mem_limit", fields.bytes("mem_limit"), "memory", limits.bytes("memory")),
            one(
                "mem_reservation",
                fields.bytes("mem_reservation"),
                "memory",
                reservations.bytes("memory")),
            fields.bytes("memswap_limit"),
            fields.optionalNumber("mem_swappiness"),
            one("pids_limit", fields.number("pids_limit"), "pids", limits.number("pids")),
            fields.bytes("shm_size"),
            fields.flag("oom_kill_disable"),
            fields.optionalNumber("oom_score_adj"),
            ulimits(),
            fields.below("blkio_config").map(ResourcesParser::blockIo));
    fields.ignoring("cpu_count", "cpu_percent");
    limits.end();
    reservations.end();
    return parsed;
  }

  private long one(String key, long own, String deployKey, long deployed) {
    if (own != 0 && deployed != 0 && own != deployed) {
      throw fields.mistake(
          key,
          "can't set distinct values on '" + key + "' and 'deploy.resources." + deployKey + "'");
    }
    return own != 0 ? own : deployed;
  }

  /** A number of microseconds, or a time with a unit. */
  private long microseconds(String key) {
    Optional<Scalar> scalar = fields.scalar(key, "duration");
    if (scalar.isEmpty()) {
      return 0;
    }
    return scalar.get().kind() == Scalar.Kind.INTEGER
        ? fields.number(key)
        : fields.duration(key).orElseThrow().toNanos() / 1_000;
  }

  private Map<String, Ulimit> ulimits() {
    Map<String, Ulimit> ulimits = new LinkedHashMap<>();
    Optional<Value> value = fields.value("ulimits");
    if (value.isEmpty()) {
      return ulimits;
    }
    if (!(value.get() instanceof Mapping all)) {
      throw fields.mistake("ulimits", "must be a mapping");
    }
    Fields each = Fields.of(all, fields.path() + ".ulimits");
    for (String name : all.names()) {
      if (all.find(name).orElseThrow() instanceof Mapping) {
        Fields bounds = each.below(name).orElseThrow();
        ulimits.put(name, new Ulimit(bounds.number("soft"), bounds.number("hard")));
        bounds.end();
      } else {
        long bound = each.number(name);
        ulimits.put(name, new Ulimit(bound, bound));
      }
    }
    return ulimits;
  }

  private static BlockIo blockIo(Fields config) {
    BlockIo parsed =
        new BlockIo(
            config.integer("weight"),
            rates(config, "weight_device", "weight"),
            rates(config, "device_read_bps", "rate"),
            rates(config, "device_write_bps", "rate"),
            rates(config, "device_read_iops", "rate"),
            rates(config, "device_write_iops", "rate"));
    config.end();
    return parsed;
  }

  private static List<DeviceRate> rates(Fields config, String key, String member) {
    List<DeviceRate> rates = new ArrayList<>();
    for (Fields item : config.items(key)) {
      rates.add(new DeviceRate(item.text("path"), item.bytes(member)));
      item.end();
    }
    return rates;
  }
}
