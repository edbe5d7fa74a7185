package io.jdocker.images.dockerfile;

/**
 * A document within a Dockerfile: {@code <<EOF}.
 *
 * @param name the word that ends it
 * @param content its lines, each with its line end
 * @param expands variables in it are replaced: the name was not quoted
 */
public record Heredoc(String name, String content, boolean expands) {}
