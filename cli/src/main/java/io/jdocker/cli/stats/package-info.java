/** {@code jdocker stats}: what containers use, gathered from one stream each and shown together. */
package io.jdocker.cli.stats;
