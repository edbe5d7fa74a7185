package io.jdocker.cli.image;

import io.jdocker.cli.json.ApiObject;
import java.io.IOException;

/** Shows the engine's reports of how its work gets on. */
interface ProgressDisplay {
  /** A report: {@code {"status":..., "id":..., "progressDetail":{"current":..., "total":...}}}. */
  void show(ApiObject report) throws IOException;
}
