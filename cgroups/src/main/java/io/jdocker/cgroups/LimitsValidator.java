package io.jdocker.cgroups;

import io.jdocker.linux.Kernel;
import io.jdocker.linux.failure.InvalidArgument;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks limits before anything is made of them, and leaves out, with a warning, what this kernel
 * lacks. Errors and warnings have Docker's words. Thread-safe.
 */
public final class LimitsValidator {
  private static final long MIN_MEMORY = 6L << 20;
  private static final long NANOS = 1_000_000_000;
  private static final long MIN_PERIOD = 1_000;
  private static final long MAX_PERIOD = 1_000_000;

  private final Machine machine;
  private final Set<Ability> abilities;
  private final BlockIoValidator blockIo;

  LimitsValidator(Machine machine, Set<Ability> abilities, DeviceNumbers devices) {
    this.machine = machine;
    this.abilities = abilities;
    this.blockIo = new BlockIoValidator(abilities, devices);
  }

  /** Checks against this machine's CPUs, memory nodes and devices, and what the driver can do. */
  public static LimitsValidator of(CgroupDriver driver, Kernel kernel) {
    return new LimitsValidator(Machine.current(), driver.abilities(), new HostBlockDevices(kernel));
  }

  /**
   * Checks the limits of a new container.
   *
   * @param warn gets a warning for each limit that this kernel lacks
   * @return the limits that can be set
   * @throws InvalidArgument for the first that is wrong
   */
  public Limits check(Limits limits, Consumer<String> warn) {
    MemoryLimits memory = limits.memory();
    require(
        memory.swap() <= 0 || memory.limit() != 0,
        "You should always set the Memory limit when using Memoryswap limit, see usage");
    return checkUpdate(limits, warn);
  }

  /** Likewise a change: what it does not set is what it was. */
  public Limits checkUpdate(Limits change, Consumer<String> warn) {
    checkMemory(change.memory());
    checkCpu(change.cpu());
    checkCpuset(change.cpu());
    return new Limits(
        possible(change.memory(), warn),
        possible(change.cpu(), warn),
        blockIo.check(change.blockIo(), warn),
        pids(change.pids(), warn));
  }

  private static void checkMemory(MemoryLimits memory) {
    long limit = memory.limit();
    long swap = memory.swap();
    long reservation = memory.reservation();
    require(limit == 0 || limit >= MIN_MEMORY, "Minimum memory limit allowed is 6MB");
    require(swap >= -1, "Invalid value: " + swap + ", valid memory swap is -1 or larger");
    require(
        swap <= 0 || swap >= limit,
        "Minimum memoryswap limit should be larger than memory limit, see usage");
    require(
        memory.swappiness() >= MemoryLimits.UNSET && memory.swappiness() <= 100,
        "Invalid value: " + memory.swappiness() + ", valid memory swappiness range is 0-100");
    require(
        reservation == 0 || reservation >= MIN_MEMORY, "Minimum memory reservation allowed is 6MB");
    require(
        limit == 0 || reservation <= limit,
        "Minimum memory limit can not be less than memory reservation limit, see usage");
  }

  private MemoryLimits possible(MemoryLimits wanted, Consumer<String> warn) {
    Discard discard = new Discard(abilities, warn);
    if (discard.lacks(
        wanted.limit() > 0,
        Ability.MEMORY,
        "memory limit capabilities or the cgroup is not mounted. Limitation discarded.")) {
      return MemoryLimits.none();
    }
    // Kept without its swap's limit: -1, as what is not set would become twice the memory.
    boolean noSwap =
        discard.lacks(
            wanted.limit() > 0 && wanted.swap() != -1,
            Ability.SWAP,
            "swap limit capabilities or the cgroup is not mounted. Memory limited without swap.");
    boolean noReservation =
        discard.lacks(
            wanted.reservation() > 0,
            Ability.MEMORY_RESERVATION,
            "memory soft limit capabilities or the cgroup is not mounted. Limitation discarded.");
    boolean noSwappiness =
        discard.lacks(
            wanted.swappiness() != MemoryLimits.UNSET,
            Ability.SWAPPINESS,
            "memory swappiness capabilities or the cgroup is not mounted. Memory swappiness"
                + " discarded.");
    boolean noOomDisable =
        discard.lacks(
            wanted.oomKillDisable(),
            Ability.OOM_KILL_DISABLE,
            "OomKillDisable. OomKillDisable discarded.");
    boolean oomKillDisable = wanted.oomKillDisable() && !noOomDisable;
    if (oomKillDisable && wanted.limit() == 0) {
      warn.accept(
          "OOM killer is disabled for the container, but no memory limit is set, this can result"
              + " in the system running out of resources.");
    }
    return new MemoryLimits(
        wanted.limit(),
        noSwap ? -1 : wanted.swap(),
        noReservation ? 0 : wanted.reservation(),
        noSwappiness ? MemoryLimits.UNSET : wanted.swappiness(),
        oomKillDisable);
  }

  private void checkCpu(CpuLimits cpu) {
    long period = cpu.period();
    boolean counted = cpu.nanoCpus() != 0;
    require(
        !counted || period == 0,
        "Conflicting options: Nano CPUs and CPU Period cannot both be set");
    require(
        !counted || cpu.quota() == 0,
        "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    require(
        !counted || abilities.contains(Ability.CPU_QUOTA),
        "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup"
            + " is not mounted");
    // 0.01 CPUs make a quota of 1 ms, the shortest that the kernel takes.
    require(
        !counted || (cpu.nanoCpus() >= NANOS / 100 && cpu.nanoCpus() <= machine.cpus() * NANOS),
        "Range of CPUs is from 0.01 to "
            + machine.cpus()
            + ".00, as there are only "
            + machine.cpus()
            + " CPUs available");
    require(
        period == 0 || (period >= MIN_PERIOD && period <= MAX_PERIOD),
        "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    require(
        cpu.quota() <= 0 || cpu.quota() >= MIN_PERIOD,
        "CPU cfs quota can not be less than 1ms (i.e. 1000)");
    require(
        cpu.shares() >= 0,
        "invalid CPU shares (" + cpu.shares() + "): value must be a positive integer");
    checkRealtime(cpu);
  }

  private void checkRealtime(CpuLimits cpu) {
    boolean wanted = cpu.realtimePeriod() != 0 || cpu.realtimeRuntime() != 0;
    require(
        !wanted || abilities.contains(Ability.CPU_REALTIME),
        "Your kernel does not support CPU real-time scheduler");
    require(
        cpu.realtimePeriod() >= 0 && cpu.realtimeRuntime() >= 0,
        "cpu real-time period and runtime cannot be negative");
    require(
        cpu.realtimePeriod() == 0 || cpu.realtimeRuntime() <= cpu.realtimePeriod(),
        "cpu real-time runtime cannot be higher than cpu real-time period");
  }

  private CpuLimits possible(CpuLimits wanted, Consumer<String> warn) {
    Discard discard = new Discard(abilities, warn);
    boolean noShares =
        discard.lacks(
            wanted.shares() > 0,
            Ability.CPU_SHARES,
            "CPU shares or the cgroup is not mounted. Shares discarded.");
    boolean noQuota =
        discard.lacks(
            wanted.period() != 0 || wanted.quota() != 0,
            Ability.CPU_QUOTA,
            "CPU CFS scheduler. CPU period/quota discarded.");
    boolean noCpuset =
        discard.lacks(
            wanted.isPinned(),
            Ability.CPUSET,
            "cpuset or the cgroup is not mounted. Cpuset discarded.");
    return new CpuLimits(
        wanted.nanoCpus(),
        noQuota ? 0 : wanted.period(),
        noQuota ? 0 : wanted.quota(),
        noShares ? 0 : wanted.shares(),
        wanted.realtimePeriod(),
        wanted.realtimeRuntime(),
        noCpuset ? "" : wanted.cpus(),
        noCpuset ? "" : wanted.mems());
  }

  private void checkCpuset(CpuLimits cpu) {
    checkList("cpus", "CPUs", cpu.cpus(), machine.cpuList());
    checkList("mems", "memory nodes", cpu.mems(), machine.nodeList());
  }

  private static void checkList(String what, String plural, String text, CpuList available) {
    if (!text.isEmpty()) {
      require(
          CpuList.parse(what, text).isWithin(available),
          "Requested "
              + plural
              + " are not available - requested "
              + text
              + ", available: "
              + available.text());
    }
  }

  private long pids(long wanted, Consumer<String> warn) {
    boolean discarded =
        new Discard(abilities, warn)
            .lacks(
                wanted > 0,
                Ability.PIDS,
                "PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded.");
    return discarded ? 0 : wanted;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidArgument(otherwise);
    }
  }
}
