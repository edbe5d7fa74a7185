package io.jdocker.images.testing;

import io.jdocker.images.Image;
import io.jdocker.images.ImageStore;
import io.jdocker.images.ImportRequest;
import io.jdocker.images.ProgressListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A root file system of 2 MB from the machine's static busybox: {@code /bin/sh} and the other
 * applets as links, /etc/passwd and /etc/group with a user {@code user} (1000), /tmp, and a page
 * for {@code httpd -h /www}.
 */
public final class BusyboxImage {
  private static final Path BUSYBOX = Path.of("/bin/busybox");

  private static final List<String> SYMBOLIC =
      List.of(
          "sh",
          "ash",
          "true",
          "false",
          "sleep",
          "echo",
          "cat",
          "ls",
          "id",
          "env",
          "pwd",
          "ps",
          "mount",
          "umount",
          "mkdir",
          "rm",
          "rmdir",
          "mv",
          "cp",
          "ln",
          "touch",
          "chmod",
          "chown",
          "stat",
          "head",
          "tail",
          "grep",
          "sed",
          "awk",
          "wc",
          "sort",
          "tr",
          "cut",
          "date",
          "dd",
          "df",
          "du",
          "find",
          "xargs",
          "hostname",
          "uname",
          "kill",
          "killall",
          "test",
          "[",
          "expr",
          "seq",
          "printf",
          "yes",
          "tty",
          "stty",
          "top",
          "free",
          "nproc",
          "whoami",
          "readlink",
          "realpath",
          "mknod",
          "mkfifo",
          "sync",
          "tar",
          "gzip",
          "vi",
          "md5sum",
          "sha256sum",
          "base64",
          "od",
          "hexdump",
          "usleep",
          "time",
          "timeout",
          "dmesg",
          "nslookup",
          "ping",
          "traceroute",
          "nc",
          "wget",
          "telnet",
          "httpd",
          "ip",
          "ifconfig",
          "route",
          "netstat",
          "arp",
          "arping",
          "su",
          "setsid",
          "unshare",
          "chroot");

  private BusyboxImage() {}

  /** The root file system as a plain tar. */
  public static byte[] tar() {
    TarBuilder tar = new TarBuilder();
    for (String folder :
        List.of("bin", "dev", "etc", "home", "proc", "root", "run", "sys", "usr", "var", "www")) {
      tar.directory(folder, folder.equals("root") ? 0700 : 0755);
    }
    tar.directory("home/user", 0755).directory("tmp", 01777);
    tar.file("bin/busybox", busybox(), 0755);
    SYMBOLIC.forEach(applet -> tar.symlink("bin/" + applet, "busybox"));
    // One applet as a hard link, as "busybox --install" makes them.
    tar.hardLink("bin/uptime", "bin/busybox");
    tar.file(
        "etc/passwd",
        "root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n",
        0644);
    tar.file("etc/group", "root:x:0:\nstaff:x:50:user\nuser:x:1000:\n", 0644);
    tar.file("www/index.html", "<h1>It works: jdocker</h1>\n", 0644);
    return tar.build();
  }

  private static byte[] busybox() {
    try {
      return Files.readAllBytes(BUSYBOX);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "this test needs " + BUSYBOX + ": apt-get install busybox-static", e);
    }
  }

  /** The tar in a file. */
  public static Path tar(Path file) {
    try {
      return Files.write(file, tar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Imports it under a name; {@code changes} are Dockerfile instructions. */
  public static Image importInto(ImageStore store, String name, String... changes) {
    return store.importRootfs(
        ImportRequest.named(name).withChanges(changes),
        new ByteArrayInputStream(tar()),
        ProgressListener.NONE);
  }
}
