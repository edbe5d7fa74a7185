package io.jdocker.cli.inspect;

import io.jdocker.cli.Session;
import io.jdocker.cli.Verb;
import io.jdocker.cli.format.Flags;
import io.jdocker.cli.option.ArgumentCount;
import io.jdocker.cli.option.FlagKind;
import io.jdocker.cli.option.FlagTable;
import io.jdocker.cli.option.Parsed;
import io.jdocker.cli.option.Synopsis;
import java.io.IOException;

/** {@code jdocker container inspect} and its kin: objects of one kind. */
public final class InspectKindVerb implements Verb {
  private final ObjectKind kind;

  public InspectKindVerb(ObjectKind kind) {
    this.kind = kind;
  }

  @Override
  public Synopsis synopsis() {
    FlagTable flags = Flags.document(new FlagTable());
    if (kind.hasSize()) {
      flags.add(FlagKind.BOOL, 's', "size", "Display total file sizes");
    }
    if (kind == ObjectKind.NETWORK) {
      flags.add(FlagKind.BOOL, 'v', "verbose", "Verbose output for diagnostics");
    }
    String argument = kind.argument();
    return Synopsis.of(
        kind.word() + " inspect",
        "[OPTIONS] " + argument + " [" + argument + "...]",
        "Display detailed information on one or more " + kind.word() + "s",
        ArgumentCount.atLeast(1),
        flags);
  }

  @Override
  public int run(Parsed line, Session session) throws IOException {
    boolean sized = kind.hasSize() && line.isSet("size");
    boolean verbose = kind == ObjectKind.NETWORK && line.isSet("verbose");
    return new Inspection(session, line.text("format"))
        .run(
            line.arguments(),
            name ->
                session.api().get(kind.query(name, sized).with("verbose", verbose ? "true" : "")));
  }
}
