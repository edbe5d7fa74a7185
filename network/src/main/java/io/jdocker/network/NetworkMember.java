package io.jdocker.network;

/** A running container on a network, as {@code network inspect} lists it. */
public record NetworkMember(String containerId, String containerName, Endpoint endpoint) {}
