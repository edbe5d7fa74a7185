/**
 * What is there: the links, addresses and routes of the engine's network namespace and of those
 * that links lead to. Everything is asked of the kernel at the moment of looking; the engine's own
 * records only tell what belongs to whom.
 */
package io.jdocker.network.survey;
