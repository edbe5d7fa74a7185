/**
 * Pull and push over the distribution protocol. {@link io.jdocker.images.registry.Registries} is
 * the way in; {@code Pull} and {@code Push} are the stories; {@code RegistrySession} speaks to one
 * registry about one repository, with tokens, redirects and second attempts; below it is the JDK's
 * HTTP client. The store knows nothing of this package.
 */
package io.jdocker.images.registry;
