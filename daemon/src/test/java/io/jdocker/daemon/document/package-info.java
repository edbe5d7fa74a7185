/** docs/api.md, made of what the API answers. */
package io.jdocker.daemon.document;
