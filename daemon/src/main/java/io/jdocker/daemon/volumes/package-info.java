/** The API's endpoints for volumes. */
package io.jdocker.daemon.volumes;
