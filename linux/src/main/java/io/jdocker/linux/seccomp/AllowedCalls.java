package io.jdocker.linux.seccomp;

import java.util.List;

/**
 * The system calls that every container may make, by subject. A name that only another architecture
 * has does no harm.
 *
 * <p>Not among them, each with its reason: calls that need a capability the container may lack (see
 * {@link DefaultProfile}); io_uring, whose operations no filter sees; userfaultfd and keyctl with
 * its siblings, which helped exploit kernels and are not kept apart by namespaces; kexec, swap,
 * nfsservctl and other calls on the machine as a whole; pciconfig and vm86, which reach hardware.
 */
final class AllowedCalls {
  private static final String FILES =
      """
      open openat openat2 creat close close_range read readv pread64 preadv preadv2
      write writev pwrite64 pwritev pwritev2 lseek _llseek dup dup2 dup3 fcntl fcntl64 flock
      ioctl truncate truncate64 ftruncate ftruncate64 fallocate fadvise64 fadvise64_64
      readahead copy_file_range sendfile sendfile64 splice tee vmsplice pipe pipe2
      fsync fdatasync sync syncfs sync_file_range cachestat
      """;

  private static final String NAMES_OF_FILES =
      """
      access faccessat faccessat2 stat stat64 lstat lstat64 fstat fstat64 fstatat64 newfstatat
      statx statfs statfs64 fstatfs fstatfs64 statmount listmount name_to_handle_at
      link linkat symlink symlinkat readlink readlinkat rename renameat renameat2
      unlink unlinkat mkdir mkdirat rmdir mknod mknodat getdents getdents64 getcwd chdir fchdir
      chmod fchmod fchmodat fchmodat2 chown chown32 fchown fchown32 fchownat lchown lchown32
      umask utime utimes futimesat utimensat utimensat_time64
      getxattr lgetxattr fgetxattr getxattrat setxattr lsetxattr fsetxattr setxattrat
      listxattr llistxattr flistxattr listxattrat
      removexattr lremovexattr fremovexattr removexattrat
      inotify_init inotify_init1 inotify_add_watch inotify_rm_watch fanotify_mark
      """;

  private static final String EVENTS =
      """
      poll ppoll ppoll_time64 select _newselect pselect6 pselect6_time64
      epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_wait epoll_wait_old
      epoll_pwait epoll_pwait2 eventfd eventfd2 signalfd signalfd4
      io_setup io_destroy io_submit io_cancel io_getevents io_pgetevents io_pgetevents_time64
      """;

  private static final String SOCKETS =
      """
      socketcall socketpair bind listen accept accept4 connect shutdown
      send sendto sendmsg sendmmsg recv recvfrom recvmsg recvmmsg recvmmsg_time64
      getsockname getpeername getsockopt setsockopt
      """;

  private static final String PROCESSES =
      """
      fork vfork execve execveat exit exit_group wait4 waitid waitpid restart_syscall
      getpid getppid gettid getpgid getpgrp setpgid getsid setsid pidfd_open pidfd_send_signal
      process_mrelease prctl seccomp landlock_create_ruleset landlock_add_rule
      landlock_restrict_self set_thread_area get_thread_area set_tid_address
      set_robust_list get_robust_list rseq membarrier riscv_hwprobe uretprobe
      getrlimit ugetrlimit setrlimit prlimit64 getrusage times getpriority setpriority
      ioprio_get ioprio_set getcpu uname sysinfo
      """;

  private static final String SCHEDULING =
      """
      sched_yield sched_getaffinity sched_setaffinity sched_getattr sched_setattr
      sched_getparam sched_setparam sched_getscheduler sched_setscheduler
      sched_get_priority_max sched_get_priority_min
      sched_rr_get_interval sched_rr_get_interval_time64
      futex futex_time64 futex_wait futex_waitv futex_wake futex_requeue
      """;

  private static final String IDENTITIES =
      """
      getuid getuid32 geteuid geteuid32 getgid getgid32 getegid getegid32
      getresuid getresuid32 getresgid getresgid32 getgroups getgroups32
      setuid setuid32 setgid setgid32 setreuid setreuid32 setregid setregid32
      setresuid setresuid32 setresgid setresgid32 setfsuid setfsuid32 setfsgid setfsgid32
      setgroups setgroups32 capget capset
      """;

  private static final String SIGNALS =
      """
      kill tkill tgkill pause sigaltstack sigprocmask sigreturn
      rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_tgsigqueueinfo rt_sigreturn
      rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64
      """;

  private static final String TIME =
      """
      time gettimeofday adjtimex clock_adjtime clock_adjtime64 clock_gettime clock_gettime64
      clock_getres clock_getres_time64 clock_nanosleep clock_nanosleep_time64 nanosleep
      alarm getitimer setitimer timer_create timer_delete timer_getoverrun
      timer_gettime timer_gettime64 timer_settime timer_settime64
      timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime timerfd_settime64
      """;

  private static final String MEMORY =
      """
      brk mmap mmap2 munmap mremap mprotect madvise mincore msync remap_file_pages mseal
      mlock mlock2 mlockall munlock munlockall memfd_create memfd_secret map_shadow_stack
      pkey_alloc pkey_free pkey_mprotect getrandom
      """;

  private static final String IPC =
      """
      ipc shmget shmat shmdt shmctl semget semop semctl semtimedop semtimedop_time64
      msgget msgsnd msgrcv msgctl mq_open mq_unlink mq_notify mq_getsetattr
      mq_timedsend mq_timedsend_time64 mq_timedreceive mq_timedreceive_time64
      """;

  private AllowedCalls() {}

  static List<String> names() {
    return List.of(
        (FILES
                + NAMES_OF_FILES
                + EVENTS
                + SOCKETS
                + PROCESSES
                + SCHEDULING
                + IDENTITIES
                + SIGNALS
                + TIME
                + MEMORY
                + IPC)
            .strip()
            .split("\\s+"));
  }
}
