/**
 * JSON as Go programs read and write it, for that is what Docker's clients expect: names in any
 * case, null for "not set", unknown names ignored, zero values written out. Documents are records.
 */
package io.jdocker.daemon.json;
