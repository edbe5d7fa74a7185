package io.jdocker.compose.parse;

import io.jdocker.compose.model.Confinement;
import io.jdocker.compose.model.Confinement.Device;
import io.jdocker.compose.yaml.Scalar;
import io.jdocker.compose.yaml.Sequence;
import io.jdocker.compose.yaml.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the process may do and see. */
final class ConfinementParser {
  private final Fields fields;

  ConfinementParser(Fields fields) {
    this.fields = fields;
  }

  Confinement parse() {
    return new Confinement(
        fields.flag("privileged"),
        fields.flag("read_only"),
        fields.texts("cap_add"),
        fields.texts("cap_drop"),
        fields.texts("security_opt"),
        devices(),
        fields.texts("device_cgroup_rules"),
        fields.map("sysctls"),
        fields.text("pid"),
        fields.text("ipc"),
        fields.text("uts"),
        fields.text("userns_mode"),
        fields.word("cgroup", List.of("host", "private")),
        fields.text("cgroup_parent"));
  }

  private List<Device> devices() {
    Optional<Value> value = fields.value("devices");
    if (value.isEmpty()) {
      return List.of();
    }
    if (!(value.get() instanceof Sequence list)) {
      throw fields.mistake("devices", "must be an array");
    }
    List<Device> devices = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      Value item = list.items().get(i);
      if (item instanceof Scalar text) {
        String[] parts = text.text().split(":", -1);
        devices.add(
            new Device(
                parts[0],
                parts.length > 1 ? parts[1] : parts[0],
                parts.length > 2 ? parts[2] : "rwm"));
      } else {
        Fields one = Fields.of(item, fields.path() + ".devices." + i);
        String source = one.text("source");
        devices.add(
            new Device(
                source,
                one.has("target") ? one.text("target") : source,
                one.has("permissions") ? one.text("permissions") : "rwm"));
        one.end();
      }
    }
    return devices;
  }
}
