/** What the documentation says of security, held against the tests. */
package io.jdocker.cli.security;
