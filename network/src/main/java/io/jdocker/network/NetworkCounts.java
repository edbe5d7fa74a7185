package io.jdocker.network;

/**
 * What an engine's networks have done since it was opened.
 *
 * @param namesAnswered questions for names that the engine knew itself
 * @param namesForwarded questions that went to the host's name servers
 * @param namesRefused questions that nobody was asked
 * @param ruleTransactions changes of packet filter rules handed to the kernel
 */
public record NetworkCounts(
    long namesAnswered, long namesForwarded, long namesRefused, long ruleTransactions) {}
