package io.jdocker.linux;

import java.util.Locale;

/**
 * The system calls jdocker makes, with their numbers on x86-64 (arch/x86/entry/syscalls) and
 * aarch64 (include/uapi/asm-generic/unistd.h).
 */
public enum Sys {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  FSTAT(5, 80),
  LSEEK(8, 62),
  MMAP(9, 222),
  MPROTECT(10, 226),
  MUNMAP(11, 215),
  RT_SIGACTION(13, 134),
  RT_SIGPROCMASK(14, 135),
  IOCTL(16, 29),
  GETPID(39, 172),
  SOCKET(41, 198),
  CONNECT(42, 203),
  ACCEPT4(288, 242),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  SHUTDOWN(48, 210),
  BIND(49, 200),
  LISTEN(50, 201),
  GETSOCKNAME(51, 204),
  SETSOCKOPT(54, 208),
  GETSOCKOPT(55, 209),
  EXECVE(59, 221),
  KILL(62, 129),
  FCNTL(72, 25),
  FLOCK(73, 32),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  GETCWD(79, 17),
  CHDIR(80, 49),
  FCHDIR(81, 50),
  FCHMOD(91, 52),
  FCHOWN(93, 55),
  UMASK(95, 166),
  SYSINFO(99, 179),
  SETUID(105, 146),
  SETGID(106, 144),
  SETSID(112, 157),
  SETGROUPS(116, 159),
  SETRESUID(117, 147),
  SETRESGID(119, 149),
  GETSID(124, 156),
  CAPGET(125, 90),
  CAPSET(126, 91),
  STATFS(137, 43),
  FSTATFS(138, 44),
  PIVOT_ROOT(155, 41),
  PRCTL(157, 167),
  CHROOT(161, 51),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  GETTID(186, 178),
  FSETXATTR(190, 7),
  LSETXATTR(189, 6),
  LGETXATTR(192, 9),
  FGETXATTR(193, 10),
  LLISTXATTR(195, 12),
  FLISTXATTR(196, 13),
  LREMOVEXATTR(198, 15),
  GETDENTS64(217, 61),
  EPOLL_CTL(233, 21),
  EXIT_GROUP(231, 94),
  KEYCTL(250, 219),
  WAITID(247, 95),
  WAIT4(61, 260),
  SETPGID(109, 154),
  EXECVEAT(322, 281),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  FCHOWNAT(260, 54),
  NEWFSTATAT(262, 79),
  UNLINKAT(263, 35),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  READLINKAT(267, 78),
  FCHMODAT(268, 53),
  FACCESSAT(269, 48),
  UNSHARE(272, 97),
  UTIMENSAT(280, 88),
  EPOLL_PWAIT(281, 22),
  SIGNALFD4(289, 74),
  EVENTFD2(290, 19),
  EPOLL_CREATE1(291, 20),
  DUP3(292, 24),
  PIPE2(293, 59),
  INOTIFY_INIT1(294, 26),
  INOTIFY_ADD_WATCH(254, 27),
  PRLIMIT64(302, 261),
  SYNCFS(306, 267),
  SENDMMSG(307, 269),
  SETNS(308, 268),
  RENAMEAT2(316, 276),
  SECCOMP(317, 277),
  GETRANDOM(318, 278),
  MEMFD_CREATE(319, 279),
  BPF(321, 280),
  STATX(332, 291),
  PIDFD_SEND_SIGNAL(424, 424),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  PIDFD_OPEN(434, 434),
  CLONE3(435, 435),
  CLOSE_RANGE(436, 436),
  OPENAT2(437, 437),
  PIDFD_GETFD(438, 438),
  MOUNT_SETATTR(442, 442),
  CLONE(56, 220),
  SENDMSG(46, 211),
  RECVMSG(47, 212),
  PERSONALITY(135, 92),
  SETTIMEOFDAY(164, 170),
  TGKILL(234, 131),
  PPOLL(271, 73),
  PWRITE64(18, 68);

  private final int x86;
  private final int arm;

  Sys(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /** The number on the given architecture. */
  public int number(Architecture architecture) {
    return architecture == Architecture.X86_64 ? x86 : arm;
  }

  /** The name as in the manual: {@code openat2}. */
  public String callName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
