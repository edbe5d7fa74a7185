/** Manual pages, made when the package is. */
package io.jdocker.cli.manual;
