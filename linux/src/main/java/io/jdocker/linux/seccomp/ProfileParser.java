package io.jdocker.linux.seccomp;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.jdocker.linux.capability.Capability;
import io.jdocker.linux.capability.CapabilitySet;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jnr.constants.platform.Errno;

/**
 * Reads profiles in Docker's JSON format, of which the OCI runtime format is a part. Strict: what
 * has no meaning here is an error, as a rule that is silently passed over may be the one that
 * mattered.
 */
public final class ProfileParser {
  private static final Set<String> PROFILE_FIELDS =
      Set.of(
          "defaultAction",
          "defaultErrnoRet",
          "defaultErrno",
          "architectures",
          "archMap",
          "syscalls",
          "flags");
  private static final Set<String> RULE_FIELDS =
      Set.of(
          "names",
          "name",
          "action",
          "errnoRet",
          "errno",
          "args",
          "comment",
          "includes",
          "excludes");
  private static final Set<String> SCOPE_FIELDS = Set.of("caps", "arches", "minKernel");
  private static final Set<String> TEST_FIELDS = Set.of("index", "value", "valueTwo", "op");

  private ProfileParser() {}

  /**
   * Reads a profile.
   *
   * @param json the content of the file that {@code --security-opt seccomp=FILE} names
   * @throws InvalidArgument saying what is wrong where
   */
  public static SeccompProfile parse(String json) {
    try {
      JsonElement root = JsonParser.parseString(json);
      if (!root.isJsonObject()) {
        throw new InvalidArgument("expected a JSON object");
      }
      return profile(new JsonFields(root.getAsJsonObject(), "profile"));
    } catch (JsonParseException e) {
      throw new InvalidArgument("Decoding seccomp profile failed: it is no JSON document", e);
    } catch (InvalidArgument e) {
      throw new InvalidArgument("Decoding seccomp profile failed: " + e.getMessage(), e);
    }
  }

  private static SeccompProfile profile(JsonFields fields) {
    fields.allowOnly(PROFILE_FIELDS);
    SeccompAction defaultAction =
        SeccompAction.parse(
            fields.requiredText("defaultAction"),
            actionData(fields, "defaultErrnoRet", "defaultErrno"));
    List<SyscallRule> rules = new ArrayList<>();
    for (JsonFields rule : fields.objects("syscalls")) {
      rules.addAll(rule(rule));
    }
    return new SeccompProfile(defaultAction, abis(fields), rules, flags(fields.texts("flags")));
  }

  /** The number counts; podman's profiles may give the errno's name instead. EPERM otherwise. */
  private static int actionData(JsonFields fields, String number, String name) {
    String text = fields.text(name, "");
    if (text.isEmpty()) {
      return fields.integer(number, SeccompAction.EPERM);
    }
    try {
      return fields.integer(number, Errno.valueOf(text).intValue());
    } catch (IllegalArgumentException e) {
      throw new InvalidArgument(fields.where() + " has an unknown errno \"" + text + "\"", e);
    }
  }

  private static Map<SyscallAbi, Set<SyscallAbi>> abis(JsonFields fields) {
    List<String> architectures = fields.texts("architectures");
    List<JsonFields> groups = fields.objects("archMap");
    if (!architectures.isEmpty() && !groups.isEmpty()) {
      throw new InvalidArgument("both 'architectures' and 'archMap' are specified, use either one");
    }
    Map<SyscallAbi, Set<SyscallAbi>> abis = new EnumMap<>(SyscallAbi.class);
    for (JsonFields group : groups) {
      group.allowOnly(Set.of("architecture", "subArchitectures"));
      SyscallAbi.named(group.requiredText("architecture"))
          .ifPresent(abi -> abis.put(abi, abis(group.texts("subArchitectures"))));
    }
    Set<SyscallAbi> listed = abis(architectures);
    for (SyscallAbi own : List.of(SyscallAbi.X86_64, SyscallAbi.AARCH64)) {
      Set<SyscallAbi> beside = EnumSet.noneOf(SyscallAbi.class);
      listed.stream().filter(own::isBeside).forEach(beside::add);
      abis.putIfAbsent(own, beside);
    }
    return abis;
  }

  private static Set<SyscallAbi> abis(List<String> names) {
    Set<SyscallAbi> abis = EnumSet.noneOf(SyscallAbi.class);
    names.forEach(name -> SyscallAbi.named(name).ifPresent(abis::add));
    return abis;
  }

  private static int flags(List<String> names) {
    int flags = names.isEmpty() ? SeccompProfile.FLAG_SPEC_ALLOW : 0;
    for (String name : names) {
      flags |=
          switch (name) {
            case "SECCOMP_FILTER_FLAG_LOG" -> SeccompProfile.FLAG_LOG;
            case "SECCOMP_FILTER_FLAG_SPEC_ALLOW" -> SeccompProfile.FLAG_SPEC_ALLOW;
            // A container's first process has one thread when its filter is set.
            case "SECCOMP_FILTER_FLAG_TSYNC" -> 0;
            default -> throw new InvalidArgument("invalid seccomp flag \"" + name + "\"");
          };
    }
    return flags;
  }

  private static List<SyscallRule> rule(JsonFields fields) {
    fields.allowOnly(RULE_FIELDS);
    SeccompAction action =
        SeccompAction.parse(fields.requiredText("action"), actionData(fields, "errnoRet", "errno"));
    List<String> names = names(fields);
    RuleScope scope = scope(fields);
    List<ArgumentTest> tests =
        fields.objects("args").stream().map(ProfileParser::argumentTest).toList();
    Set<Integer> indexes = new HashSet<>();
    if (tests.stream().allMatch(test -> indexes.add(test.index()))) {
      return List.of(new SyscallRule(names, action, tests, scope));
    }
    // libseccomp takes one test an argument; runc makes alternatives of several, and profiles
    // count on it.
    return tests.stream()
        .map(test -> new SyscallRule(names, action, List.of(test), scope))
        .toList();
  }

  private static List<String> names(JsonFields fields) {
    List<String> names = new ArrayList<>(fields.texts("names"));
    String single = fields.text("name", "");
    if (!single.isEmpty() && !names.isEmpty()) {
      throw new InvalidArgument("both 'name' and 'names' are specified, use either one");
    }
    if (!single.isEmpty()) {
      names.add(single);
    }
    if (names.isEmpty()) {
      throw new InvalidArgument(fields.where() + " names no system call");
    }
    return names;
  }

  private static ArgumentTest argumentTest(JsonFields fields) {
    fields.allowOnly(TEST_FIELDS);
    int index = fields.integer("index", 0);
    long value = fields.unsigned("value");
    String operator = fields.requiredText("op");
    if (operator.equals("SCMP_CMP_MASKED_EQ")) {
      return ArgumentTest.masked(index, value, fields.unsigned("valueTwo"));
    }
    return ArgumentTest.of(
        index,
        switch (operator) {
          case "SCMP_CMP_NE" -> ArgumentTest.Comparison.NE;
          case "SCMP_CMP_LT" -> ArgumentTest.Comparison.LT;
          case "SCMP_CMP_LE" -> ArgumentTest.Comparison.LE;
          case "SCMP_CMP_EQ" -> ArgumentTest.Comparison.EQ;
          case "SCMP_CMP_GE" -> ArgumentTest.Comparison.GE;
          case "SCMP_CMP_GT" -> ArgumentTest.Comparison.GT;
          default -> throw new InvalidArgument("invalid seccomp operator \"" + operator + "\"");
        },
        value);
  }

  private static RuleScope scope(JsonFields rule) {
    JsonFields includes = rule.object("includes");
    JsonFields excludes = rule.object("excludes");
    includes.allowOnly(SCOPE_FIELDS);
    excludes.allowOnly(SCOPE_FIELDS);
    return new RuleScope(
        capabilities(includes),
        Set.copyOf(includes.texts("arches")),
        kernel(includes),
        capabilities(excludes),
        Set.copyOf(excludes.texts("arches")),
        kernel(excludes));
  }

  private static CapabilitySet capabilities(JsonFields scope) {
    return CapabilitySet.of(scope.texts("caps").stream().map(Capability::parse).toList());
  }

  private static KernelVersion kernel(JsonFields scope) {
    String text = scope.text("minKernel", "");
    return text.isEmpty() ? null : KernelVersion.parse(text);
  }
}
