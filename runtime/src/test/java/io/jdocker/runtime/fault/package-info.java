/**
 * What becomes of an engine on a machine in trouble: calls that fail, a process that is killed in
 * the middle, a disk that is full, input that cannot work. Nothing may be lost, nothing left.
 */
package io.jdocker.runtime.fault;
