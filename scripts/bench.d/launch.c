/* The peer of `scripts/bench launch`: starts a container by the system calls that jdocker's launch
 * program makes, in the same order, written down as a C programmer would.
 *
 *   launch FOLDER OVERLAY MOUNTPOINT FILTER CAPABILITIES LAST_CAPABILITY KEEPER [CGROUP_FILE...]
 *
 * FILTER is a file of struct sock_filter, KEEPER the executable that holds a container's
 * descriptors. Each line read from standard input, some of the letters n (a network namespace),
 * c (control groups) and k (a keeper) or just "-", is one launch; it is answered by the nanoseconds
 * from before the clone until the command's execve has replaced the child. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/keyctl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_FILES = 32, LAST_HELD = 9, STATUS_FD = 7, NOTICE_READ_FD = 8, NOTICE_FD = 9 };

static const char *folder, *overlay, *mount_point, *keeper;
static struct sock_fprog filter;
static uint64_t capabilities;
static int last_capability;
static const char *cgroup_files[MAX_FILES];
static int cgroup_count;
static const char *masked_files[MAX_FILES], *masked_folders[MAX_FILES], *read_only[MAX_FILES];

/* What one launch uses; the child shares the parent's memory. */
static struct {
  int network, keeper;
  int cgroups[MAX_FILES], cgroup_count;
  int nothing, output[2], error[2], notice[2], status;
  pid_t payload;
} now;

static void fail(const char *what) {
  dprintf(2, "launch: %s: %s\n", what, strerror(errno));
  _exit(127);
}

static int must(int result, const char *what) {
  if (result < 0) fail(what);
  return result;
}

/* --- the container ------------------------------------------------------------------------- */

static void mount_root(void) {
  must(mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL), "make mounts slaves");
  must(chdir(folder), "enter the layers' folder");
  must(mount("overlay", mount_point, "overlay", 0, overlay), "mount the overlay");
  must(chdir(mount_point), "enter the root");
  must(syscall(SYS_pivot_root, ".", "."), "pivot_root");
  must(umount2(".", MNT_DETACH), "let go of the host's root");
  must(chdir("/"), "enter /");
}

static void make_folder(const char *path, mode_t mode) {
  if (mkdir(path, mode) < 0 && errno != EEXIST) fail(path);
}

/* Mounts on a folder reached through no symbolic link. */
static void mount_here(const char *path, const char *type, unsigned long flags, const char *data) {
  struct open_how how = {.flags = O_PATH | O_CLOEXEC, .resolve = RESOLVE_NO_SYMLINKS};
  int fd = must(syscall(SYS_openat2, AT_FDCWD, path, &how, sizeof how), path);
  must(fchdir(fd), path);
  close(fd);
  must(mount(type, ".", type, flags, data), path);
  must(chdir(path), path);
}

static void make_device(const char *path, int major, int minor) {
  must(mknod(path, S_IFCHR | 0666, makedev(major, minor)), path);
}

static void make_devices(void) {
  unsigned long quiet = MS_NOSUID | MS_NOEXEC;
  make_folder("/dev", 0755);
  mount_here("/dev", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k");
  make_device("/dev/null", 1, 3);
  make_device("/dev/zero", 1, 5);
  make_device("/dev/full", 1, 7);
  make_device("/dev/random", 1, 8);
  make_device("/dev/urandom", 1, 9);
  make_device("/dev/tty", 5, 0);
  must(symlink("/proc/self/fd", "/dev/fd"), "/dev/fd");
  must(symlink("/proc/self/fd/0", "/dev/stdin"), "/dev/stdin");
  must(symlink("/proc/self/fd/1", "/dev/stdout"), "/dev/stdout");
  must(symlink("/proc/self/fd/2", "/dev/stderr"), "/dev/stderr");
  must(symlink("/proc/kcore", "/dev/core"), "/dev/core");
  must(symlink("pts/ptmx", "/dev/ptmx"), "/dev/ptmx");
  make_folder("/dev/pts", 0755);
  must(mount("devpts", "/dev/pts", "devpts", quiet, "newinstance,ptmxmode=0666,mode=0620,gid=5"),
       "/dev/pts");
  make_folder("/dev/shm", 01777);
  must(mount("shm", "/dev/shm", "tmpfs", quiet | MS_NODEV, "mode=1777,size=67108864"), "/dev/shm");
  make_folder("/dev/mqueue", 01777);
  must(mount("mqueue", "/dev/mqueue", "mqueue", quiet | MS_NODEV, NULL), "/dev/mqueue");
}

static void attach_copy(const char *source, const char *target, int protect) {
  int tree = must(syscall(SYS_open_tree, AT_FDCWD, source, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC),
                  source);
  if (protect) {
    struct mount_attr attribute = {.attr_set = MOUNT_ATTR_RDONLY};
    must(syscall(SYS_mount_setattr, tree, "", AT_EMPTY_PATH, &attribute, sizeof attribute), source);
  }
  must(syscall(SYS_move_mount, tree, "", AT_FDCWD, target, MOVE_MOUNT_F_EMPTY_PATH), target);
  close(tree);
}

static void protect_kernel_files(void) {
  for (int i = 0; masked_files[i]; i++) attach_copy("/dev/null", masked_files[i], 0);
  for (int i = 0; masked_folders[i]; i++)
    must(mount("tmpfs", masked_folders[i], "tmpfs", MS_RDONLY, "size=0k"), masked_folders[i]);
  for (int i = 0; read_only[i]; i++) attach_copy(read_only[i], read_only[i], 1);
}

static void drop_privileges(void) {
  syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, "_ses.bench", 0, 0, 0);
  must(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter), "seccomp");
  for (int c = 0; c <= last_capability; c++)
    if (!(capabilities >> c & 1)) must(prctl(PR_CAPBSET_DROP, c, 0, 0, 0), "drop a capability");
  must(prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "keep capabilities");
  gid_t group = 0;
  must(syscall(SYS_setgroups, 1, &group), "setgroups");
  must(syscall(SYS_setresgid, 0, 0, 0), "setresgid");
  must(syscall(SYS_setresuid, 0, 0, 0), "setresuid");
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct data[2] = {
      {.effective = (uint32_t)capabilities, .permitted = (uint32_t)capabilities},
      {.effective = (uint32_t)(capabilities >> 32), .permitted = (uint32_t)(capabilities >> 32)}};
  must(syscall(SYS_capset, &header, data), "capset");
}

static int payload(void *unused) {
  (void)unused;
  unsigned long quiet = MS_NOSUID | MS_NOEXEC | MS_NODEV;
  for (int i = 0; i < now.cgroup_count; i++) must(write(now.cgroups[i], "0", 1), "join a cgroup");
  must(unshare(CLONE_NEWCGROUP), "a cgroup namespace");
  must(sethostname("bench", 5), "sethostname");
  must(setsid(), "setsid");
  umask(0);
  mount_root();
  make_folder("/sys", 0755);
  mount_here("/sys", "sysfs", quiet | MS_RDONLY, NULL);
  must(chdir("/"), "enter /");
  make_devices();
  must(dup3(now.nothing, 0, 0), "standard input");
  must(dup3(now.output[1], 1, 0), "standard output");
  must(dup3(now.error[1], 2, 0), "standard error");
  make_folder("/proc", 0755);
  mount_here("/proc", "proc", quiet, NULL);
  must(chdir("/"), "enter /");
  protect_kernel_files();
  must(syscall(SYS_close_range, 3, ~0U, 0), "close_range");
  make_folder("/", 0755);
  must(chdir("/"), "enter the work folder");
  umask(022);
  drop_privileges();
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  char *arguments[] = {"/bin/true", NULL};
  char *environment[] = {"PATH=/bin", "HOSTNAME=bench", "HOME=/root", NULL};
  execve(arguments[0], arguments, environment);
  fail("execve");
  return 127;
}

/* --- around it ------------------------------------------------------------------------------- */

static pid_t clone_payload(uint64_t more) {
  static char stack[65536] __attribute__((aligned(16)));
  uint64_t flags = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | more;
  if (now.network) flags |= CLONE_NEWNET;
  return clone(payload, stack + sizeof stack, (int)(CLONE_VM | CLONE_VFORK | SIGCHLD | flags), NULL);
}

static int keep(void *unused) {
  (void)unused;
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  must(setsid(), "setsid");
  int64_t self = getpid();
  must(syscall(SYS_close_range, 0, LAST_HELD, 0), "free the low numbers");
  for (int fd = 0; fd <= 2; fd++) must(dup3(now.nothing, fd, 0), "hold /dev/null");
  must(dup3(now.status, STATUS_FD, 0), "hold the status");
  must(dup3(now.notice[0], NOTICE_READ_FD, 0), "hold the notice");
  must(dup3(now.notice[1], NOTICE_FD, 0), "hold the notice");
  must(dup3(now.output[0], 4, 0), "hold the output");
  must(dup3(now.error[0], 5, 0), "hold the errors");
  int64_t child = now.payload = must(clone_payload(0), "clone the payload");
  must(write(STATUS_FD, &self, 8), "record the keeper");
  must(write(STATUS_FD, &child, 8), "record the payload");
  must(syscall(SYS_close_range, LAST_HELD + 1, ~0U, 0), "close_range");
  must(chdir("/"), "enter /");
  char *arguments[] = {"keeper", "bench", NULL}, *environment[] = {NULL};
  execve(keeper, arguments, environment);
  fail("execve of the keeper");
  return 127;
}

/* A number past those that a keeper holds. */
static int high(int fd) {
  int other = must(fcntl(fd, F_DUPFD_CLOEXEC, 32), "duplicate");
  close(fd);
  return other;
}

static void make_pipe(int ends[2]) {
  must(pipe2(ends, O_CLOEXEC), "pipe");
  ends[0] = high(ends[0]);
  ends[1] = high(ends[1]);
}

static void prepare(const char *wishes) {
  now.network = strchr(wishes, 'n') != NULL;
  now.keeper = strchr(wishes, 'k') != NULL;
  now.cgroup_count = strchr(wishes, 'c') ? cgroup_count : 0;
  for (int i = 0; i < now.cgroup_count; i++)
    now.cgroups[i] = high(must(open(cgroup_files[i], O_WRONLY | O_CLOEXEC), cgroup_files[i]));
  now.nothing = high(must(open("/dev/null", O_RDWR | O_CLOEXEC), "/dev/null"));
  now.status = high(must(open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), "status"));
  make_pipe(now.output);
  make_pipe(now.error);
  make_pipe(now.notice);
}

static void finish(pid_t child) {
  if (now.keeper) {
    char byte;
    must(read(now.notice[0], &byte, 1), "await the end");
    kill(child, SIGKILL);
  }
  int status;
  must(waitpid(child, &status, 0), "waitpid");
  if (!now.keeper && status != 0) fail("the command failed");
  int ends[] = {now.nothing,  now.status,    now.output[0], now.output[1], now.error[0],
                now.error[1], now.notice[0], now.notice[1]};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) close(ends[i]);
  for (int i = 0; i < now.cgroup_count; i++) close(now.cgroups[i]);
}

static int64_t launch(const char *wishes) {
  static char stack[65536] __attribute__((aligned(16)));
  struct timespec start, end;
  sigset_t all, old;
  prepare(wishes);
  sigfillset(&all);
  clock_gettime(CLOCK_MONOTONIC, &start);
  sigprocmask(SIG_SETMASK, &all, &old);
  pid_t child = now.keeper ? clone(keep, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, NULL)
                           : clone_payload(0);
  sigprocmask(SIG_SETMASK, &old, NULL);
  clock_gettime(CLOCK_MONOTONIC, &end);
  must(child, "clone");
  finish(child);
  return (end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec;
}

static void read_filter(const char *path) {
  struct stat status;
  int fd = must(open(path, O_RDONLY | O_CLOEXEC), path);
  must(fstat(fd, &status), path);
  filter.filter = malloc(status.st_size);
  filter.len = status.st_size / sizeof(struct sock_filter);
  if (read(fd, filter.filter, status.st_size) != status.st_size) fail(path);
  close(fd);
}

/* Docker's default lists, less what this kernel has not. */
static void find_protected_paths(void) {
  static const char *masked[] = {
      "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys",
      "/proc/latency_stats", "/proc/sched_debug", "/proc/scsi", "/proc/timer_list",
      "/proc/timer_stats", "/sys/devices/virtual/powercap", "/sys/firmware"};
  static const char *protected[] = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                                    "/proc/sysrq-trigger"};
  int files = 0, folders = 0, others = 0;
  struct stat status;
  for (size_t i = 0; i < sizeof masked / sizeof *masked; i++)
    if (stat(masked[i], &status) == 0) {
      if (S_ISDIR(status.st_mode)) masked_folders[folders++] = masked[i];
      else masked_files[files++] = masked[i];
    }
  for (size_t i = 0; i < sizeof protected / sizeof *protected; i++)
    if (stat(protected[i], &status) == 0) read_only[others++] = protected[i];
}

int main(int count, char **words) {
  if (count < 8 || count - 8 > MAX_FILES) {
    fputs("usage: see the head of launch.c\n", stderr);
    return 2;
  }
  folder = words[1];
  overlay = words[2];
  mount_point = words[3];
  read_filter(words[4]);
  capabilities = strtoull(words[5], NULL, 16);
  last_capability = atoi(words[6]);
  keeper = words[7];
  for (int i = 8; i < count; i++) cgroup_files[cgroup_count++] = words[i];
  find_protected_paths();
  char line[16];
  while (fgets(line, sizeof line, stdin)) {
    printf("%lld\n", (long long)launch(line));
    fflush(stdout);
  }
  return 0;
}
