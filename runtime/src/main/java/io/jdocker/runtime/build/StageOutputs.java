package io.jdocker.runtime.build;

import java.util.ArrayList;
import java.util.List;

/**
 * What stages tell that are built side by side, in one order: that of the Dockerfile. The first one
 * that is not done tells as it goes; what others say meanwhile waits for their turn. Thread-safe.
 */
final class StageOutputs {
  /** Of one stage; beyond it the stage waits. */
  private static final int MOST_WAITING = 1 << 22;

  /** One of them. */
  private static final class Waiting {
    private final StringBuilder text = new StringBuilder();
    private boolean done;
  }

  private final BuildProgress progress;
  private final List<Waiting> stages = new ArrayList<>();
  private int live;
  private boolean over;

  StageOutputs(BuildProgress progress, int stages) {
    this.progress = progress;
    for (int i = 0; i < stages; i++) {
      this.stages.add(new Waiting());
    }
  }

  /** Where the stage at that place tells. */
  BuildProgress of(int place) {
    return text -> tell(place, text);
  }

  private synchronized void tell(int place, String text) {
    StringBuilder waiting = stages.get(place).text;
    while (place != live && !over && waiting.length() > MOST_WAITING) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        over = true;
      }
    }
    if (place == live || over) {
      progress.text(text);
    } else {
      waiting.append(text);
    }
  }

  /** The stage at that place says no more. */
  synchronized void done(int place) {
    stages.get(place).done = true;
    while (live < stages.size() && stages.get(live).done) {
      live++;
      if (live < stages.size()) {
        flush(stages.get(live));
      }
    }
    notifyAll();
  }

  /** Tells all that waits: nothing more is coming. */
  synchronized void end() {
    over = true;
    stages.forEach(this::flush);
    notifyAll();
  }

  private void flush(Waiting stage) {
    if (!stage.text.isEmpty()) {
      String text = stage.text.toString();
      stage.text.setLength(0);
      progress.text(text);
    }
  }
}
