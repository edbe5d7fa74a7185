/**
 * One class beside jffi's own, to reach its native methods without its initialisation.
 *
 * <p>jffi's public classes load 50 ms of class look-ups (String.format, regular expressions,
 * locales) before the first call. The natives below them are package-private, and this needs five.
 */
package com.kenai.jffi;
