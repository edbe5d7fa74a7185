package io.jdocker.compose.model;

import io.jdocker.compose.yaml.Mapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A project: what is to run together on this host.
 *
 * @param name part of the name of everything that belongs to it
 * @param directory where its relative paths start
 * @param files the files it was read from, absolute
 * @param services those that the active profiles leave, by name
 * @param disabled names of services that wait for another profile
 * @param document the whole project in canonical form
 * @param warnings what the caller should know about the files
 */
public record Project(
    String name,
    Path directory,
    List<Path> files,
    Map<String, Service> services,
    Set<String> disabled,
    Map<String, NetworkSpec> networks,
    Map<String, VolumeSpec> volumes,
    Map<String, ContentSpec> secrets,
    Map<String, ContentSpec> configs,
    Mapping document,
    List<String> warnings) {}
