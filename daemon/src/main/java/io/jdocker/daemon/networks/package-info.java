/** The API's endpoints for networks. */
package io.jdocker.daemon.networks;
