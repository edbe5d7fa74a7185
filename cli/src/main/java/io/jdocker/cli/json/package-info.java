/** Reading and writing the API's documents as gson trees, without reflection. */
package io.jdocker.cli.json;
