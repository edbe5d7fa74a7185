/** How lists and amounts read: tables, templates, sizes and durations in docker's words. */
package io.jdocker.cli.format;
