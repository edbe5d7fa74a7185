package io.jdocker.network.survey;

/** A link and the place where it is. */
public record LinkEnd(Place place, SeenLink link) {}
