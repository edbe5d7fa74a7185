/**
 * Command lines and what docker 28 answered to them, recorded, and played again on this command:
 * the same bytes to the terminal, the same requests to the engine, the same exit code.
 */
package io.jdocker.cli.transcript;
