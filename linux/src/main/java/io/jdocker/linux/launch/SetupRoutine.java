package io.jdocker.linux.launch;

import io.jdocker.linux.Architecture;

/**
 * The machine code that a cloned child runs: it loops over the steps of a {@link ProgramImage} and
 * makes each one's system call. Position-independent, uses no stack and calls nothing, so that the
 * keeper and the payload can both run it on one stack, in memory shared with the JVM.
 *
 * <p>In words: take the six operands through their addresses, make the call, store the result in
 * the step. Zero with a branch set (a clone's child) goes on at the branch. An error that the step
 * tolerates goes on; any other puts the step's address into the header, unless one stands there.
 * Once the header names a failed step, only steps marked "always" are made; the first other one
 * ends the process with status 127.
 *
 * <p>The listings are what the GNU assembler makes of them; a test runs both, the aarch64 one under
 * qemu's user emulation.
 */
final class SetupRoutine {
  /** rdi: the header. r12: the header, rbx: the step. The kernel clobbers rax, rcx and r11. */
  private static final String X86_64 =
      """
      ; start:
      4989fc         ; mov r12,rdi
      498b5c2408     ; mov rbx,[r12+0x8]
      ; loop:
      49833c2400     ; cmp [r12],0x0
      7509           ; jne broken
      48837b7800     ; cmp [rbx+0x78],0x0
      7409           ; je go
      eb69           ; jmp next
      ; broken:
      48837b7800     ; cmp [rbx+0x78],0x0
      747f           ; je quit
      ; go:
      488b7b08       ; mov rdi,[rbx+0x8]
      488b3f         ; mov rdi,[rdi]
      488b7310       ; mov rsi,[rbx+0x10]
      488b36         ; mov rsi,[rsi]
      488b5318       ; mov rdx,[rbx+0x18]
      488b12         ; mov rdx,[rdx]
      4c8b5320       ; mov r10,[rbx+0x20]
      4d8b12         ; mov r10,[r10]
      4c8b4328       ; mov r8,[rbx+0x28]
      4d8b00         ; mov r8,[r8]
      4c8b4b30       ; mov r9,[rbx+0x30]
      4d8b09         ; mov r9,[r9]
      488b03         ; mov rax,[rbx]
      0f05           ; syscall
      48898380000000 ; mov [rbx+0x80],rax
      4885c0         ; test rax,rax
      7433           ; je zero
      4889c1         ; mov rcx,rax
      48f7d9         ; neg rcx
      4881f9ff0f0000 ; cmp rcx,0xfff
      7718           ; ja next
      4883f93f       ; cmp rcx,0x3f
      7707           ; ja failed
      480fa34b70     ; bt [rbx+0x70],rcx
      720b           ; jb next
      ; failed:
      49833c2400     ; cmp [r12],0x0
      7504           ; jne next
      49891c24       ; mov [r12],rbx
      ; next:
      4881c388000000 ; add rbx,0x88
      e97bffffff     ; jmp loop
      ; zero:
      488b4b68       ; mov rcx,[rbx+0x68]
      4885c9         ; test rcx,rcx
      74eb           ; je next
      4889cb         ; mov rbx,rcx
      e96affffff     ; jmp loop
      ; quit:
      bf7f000000     ; mov edi,0x7f
      b8e7000000     ; mov eax,0xe7
      0f05           ; syscall
      """;

  /** x0: the header. x20: the header, x19: the step. The kernel clobbers x0 alone. */
  private static final String AARCH64 =
      """
      ; start:
      f40300aa       ; mov x20, x0
      930640f9       ; ldr x19, [x20, #8]
      ; loop:
      890240f9       ; ldr x9, [x20]
      6a3e40f9       ; ldr x10, [x19, #120]
      690000b5       ; cbnz x9, broken
      6a0000b4       ; cbz x10, go
      1d000014       ; b next
      ; broken:
      4a0400b4       ; cbz x10, quit
      ; go:
      600640f9       ; ldr x0, [x19, #8]
      000040f9       ; ldr x0, [x0]
      610a40f9       ; ldr x1, [x19, #16]
      210040f9       ; ldr x1, [x1]
      620e40f9       ; ldr x2, [x19, #24]
      420040f9       ; ldr x2, [x2]
      631240f9       ; ldr x3, [x19, #32]
      630040f9       ; ldr x3, [x3]
      641640f9       ; ldr x4, [x19, #40]
      840040f9       ; ldr x4, [x4]
      651a40f9       ; ldr x5, [x19, #48]
      a50040f9       ; ldr x5, [x5]
      680240f9       ; ldr x8, [x19]
      010000d4       ; svc #0x0
      604200f9       ; str x0, [x19, #128]
      c00100b4       ; cbz x0, zero
      e90300cb       ; neg x9, x0
      3ffd3ff1       ; cmp x9, #0xfff
      28010054       ; b.hi next
      3ffd00f1       ; cmp x9, #0x3f
      88000054       ; b.hi failed
      6a3a40f9       ; ldr x10, [x19, #112]
      4a25c99a       ; lsr x10, x10, x9
      8a000037       ; tbnz w10, #0, next
      ; failed:
      890240f9       ; ldr x9, [x20]
      490000b5       ; cbnz x9, next
      930200f9       ; str x19, [x20]
      ; next:
      73220291       ; add x19, x19, #0x88
      deffff17       ; b loop
      ; zero:
      693640f9       ; ldr x9, [x19, #104]
      a9ffffb4       ; cbz x9, next
      f30309aa       ; mov x19, x9
      daffff17       ; b loop
      ; quit:
      e00f80d2       ; mov x0, #0x7f
      c80b80d2       ; mov x8, #0x5e
      010000d4       ; svc #0x0
      """;

  private SetupRoutine() {}

  /** The code for the architecture. */
  static byte[] code(Architecture architecture) {
    return Listing.bytes(architecture == Architecture.X86_64 ? X86_64 : AARCH64);
  }
}
