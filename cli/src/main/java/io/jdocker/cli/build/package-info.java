/** {@code jdocker build}: packs the context, sends it, shows what the engine tells. */
package io.jdocker.cli.build;
