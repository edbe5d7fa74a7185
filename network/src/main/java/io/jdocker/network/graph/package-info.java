/** Pictures of an engine's host: for a terminal, as JSON, for Graphviz and as SVG. */
package io.jdocker.network.graph;
