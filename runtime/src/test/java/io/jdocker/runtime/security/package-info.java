/**
 * What broke other engines and must not break this one: one test for each hole, under its CVE. A
 * test plays the attacker in a real container; the holes in reading images are tested there.
 */
package io.jdocker.runtime.security;
