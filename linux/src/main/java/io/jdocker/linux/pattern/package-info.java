/**
 * Patterns for the paths of files, as ignore files have them. Of no container's concern: both the
 * client, which packs files, and the engine, which unpacks them, match with these.
 */
package io.jdocker.linux.pattern;
