/**
 * Looks for the faults that container networks usually have, and says what to do about each. One
 * class a fault; none changes anything.
 */
package io.jdocker.network.doctor;
