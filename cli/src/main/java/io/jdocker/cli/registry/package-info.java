/**
 * What the command knows of registries: the caller's logins, in docker's file and by docker's
 * helpers, and the verbs that use them. The registries themselves are asked by the engine.
 */
package io.jdocker.cli.registry;
