package io.jdocker.network.doctor;

/**
 * A fault.
 *
 * @param id a short name that stays the same: {@code ip-forward-off}
 * @param what the fault in a sentence
 * @param consequence what the user notices of it
 * @param advice what to do, as a rule a command
 */
public record Finding(String id, String what, String consequence, String advice) {}
