/** Keys and certificates in files, as openssl writes them: of registries, daemons and clients. */
package io.jdocker.linux.tls;
