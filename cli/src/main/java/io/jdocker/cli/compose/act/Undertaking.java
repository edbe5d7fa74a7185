package io.jdocker.cli.compose.act;

import io.jdocker.cli.Session;
import io.jdocker.cli.compose.output.Board;
import io.jdocker.compose.model.Project;

/** What every act on a project needs to know. */
public record Undertaking(Session session, Project project, Board board) {}
