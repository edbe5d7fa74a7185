/**
 * Nothing is lost or left: files that are whole or absent, and acquisitions that undo themselves.
 */
package io.jdocker.linux.durable;
