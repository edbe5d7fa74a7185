package io.jdocker.images.registry;

/** A repository that a search has found. */
public record SearchResult(
    String name, String description, long stars, boolean official, boolean automated) {}
