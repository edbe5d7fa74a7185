package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first process of a container that asked for one ({@code --init}): a static program of some
 * 300 bytes. It has all signals blocked and takes them one by one with rt_sigtimedwait(2): SIGCHLD
 * makes it reap whatever has ended, any other signal it sends on to process 2, the command. When
 * that has ended it ends likewise, with 128 + n where signal n was the reason. See
 * pid_namespaces(7).
 */
public final class InitImage {
  /** How ps(1) shows it. */
  public static final String NAME = "docker-init";

  /** prctl(PR_SET_NAME) first: a program run by its descriptor has that number for a name. */
  private static final String X86_64 =
      """
      ; start:
      488d358c000000     ; lea rsi,[rip+0x8c]
      bf0f000000         ; mov edi,0xf
      b89d000000         ; mov eax,0x9d
      0f05               ; syscall
      4883ec10           ; sub rsp,0x10
      48c70424ffffffff   ; mov [rsp],0xffffffffffffffff
      ; wait:
      4889e7             ; mov rdi,rsp
      31f6               ; xor esi,esi
      31d2               ; xor edx,edx
      41ba08000000       ; mov r10d,0x8
      b880000000         ; mov eax,0x80
      0f05               ; syscall
      85c0               ; test eax,eax
      7ee8               ; jle wait
      83f811             ; cmp eax,0x11
      7410               ; je reap
      89c6               ; mov esi,eax
      bf02000000         ; mov edi,0x2
      b83e000000         ; mov eax,0x3e
      0f05               ; syscall
      ebd3               ; jmp wait
      ; reap:
      48c7c7ffffffff     ; mov rdi,0xffffffffffffffff
      488d742408         ; lea rsi,[rsp+0x8]
      ba01000000         ; mov edx,0x1
      4531d2             ; xor r10d,r10d
      b83d000000         ; mov eax,0x3d
      0f05               ; syscall
      85c0               ; test eax,eax
      7eb4               ; jle wait
      83f802             ; cmp eax,0x2
      75dc               ; jne reap
      8b7c2408           ; mov edi,[rsp+0x8]
      89f8               ; mov eax,edi
      83e07f             ; and eax,0x7f
      750b               ; jne signalled
      c1ef08             ; shr edi,0x8
      81e7ff000000       ; and edi,0xff
      eb06               ; jmp leave
      ; signalled:
      8db880000000       ; lea edi,[rax+0x80]
      ; leave:
      b8e7000000         ; mov eax,0xe7
      0f05               ; syscall
      """;

  private static final String AARCH64 =
      """
      ; start:
      01050010           ; adr x1, name
      e00180d2           ; mov x0, #0xf
      e81480d2           ; mov x8, #0xa7
      010000d4           ; svc #0x0
      ff4300d1           ; sub sp, sp, #0x10
      09008092           ; mov x9, #0xffffffffffffffff
      e90300f9           ; str x9, [sp]
      ; wait:
      e0030091           ; mov x0, sp
      010080d2           ; mov x1, #0x0
      020080d2           ; mov x2, #0x0
      030180d2           ; mov x3, #0x8
      281180d2           ; mov x8, #0x89
      010000d4           ; svc #0x0
      1f000071           ; cmp w0, #0x0
      2dffff54           ; b.le wait
      1f440071           ; cmp w0, #0x11
      c0000054           ; b.eq reap
      e103002a           ; mov w1, w0
      400080d2           ; mov x0, #0x2
      281080d2           ; mov x8, #0x81
      010000d4           ; svc #0x0
      f2ffff17           ; b wait
      ; reap:
      00008092           ; mov x0, #0xffffffffffffffff
      e1230091           ; add x1, sp, #0x8
      220080d2           ; mov x2, #0x1
      030080d2           ; mov x3, #0x0
      882080d2           ; mov x8, #0x104
      010000d4           ; svc #0x0
      1f000071           ; cmp w0, #0x0
      4dfdff54           ; b.le wait
      1f080071           ; cmp w0, #0x2
      e1feff54           ; b.ne reap
      e90b40b9           ; ldr w9, [sp, #8]
      2a190012           ; and w10, w9, #0x7f
      6a000035           ; cbnz w10, signalled
      203d0853           ; ubfx w0, w9, #8, #8
      02000014           ; b leave
      ; signalled:
      40010211           ; add w0, w10, #0x80
      ; leave:
      c80b80d2           ; mov x8, #0x5e
      010000d4           ; svc #0x0
      """;

  private InitImage() {}

  /** The executable for the architecture. */
  public static byte[] executable(Architecture architecture) {
    byte[] code = Listing.bytes(architecture == Architecture.X86_64 ? X86_64 : AARCH64);
    byte[] name = NAME.getBytes(StandardCharsets.US_ASCII);
    byte[] content = Arrays.copyOf(code, code.length + name.length + 1);
    System.arraycopy(name, 0, content, code.length, name.length);
    return StaticElf.executable(content, architecture);
  }
}
