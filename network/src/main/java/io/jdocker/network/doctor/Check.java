package io.jdocker.network.doctor;

import java.util.List;

/** Looks for one kind of fault. */
@FunctionalInterface
interface Check {
  /** What is wrong; empty where nothing is. */
  List<Finding> look(Patient patient);
}
