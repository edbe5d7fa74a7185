package io.jdocker.network.path;

import io.jdocker.network.Ipv4;
import io.jdocker.network.firewall.RuleReader;
import io.jdocker.network.rules.Packet;
import io.jdocker.network.rules.RuleHit;
import io.jdocker.network.survey.LinkEnd;
import io.jdocker.network.survey.Place;
import io.jdocker.network.survey.SeenLink;
import io.jdocker.network.survey.Survey;
import java.util.List;
import java.util.Optional;

/** Foretells what becomes of a packet. Changes nothing and sends nothing. */
public final class Pathfinder {
  /** What stands for the sender's port, which the kernel would choose. */
  private static final int ANY_PORT = 40000;

  private final RuleReader reader;

  public Pathfinder(RuleReader reader) {
    this.reader = reader;
  }

  /**
   * Follows a packet and its answer.
   *
   * @throws io.jdocker.linux.failure.NotFound where one of the two names means nothing here
   */
  public Way find(Survey survey, Question question) {
    Parties parties = new Parties(survey);
    Party from = parties.named(question.from());
    Party to = parties.named(question.to());
    Netfilter netfilter = new Netfilter(survey, reader);
    int port = question.port() == 0 ? 0 : ANY_PORT;
    Packet packet =
        Packet.first(
            from.address().orElse(new Ipv4(0)),
            port,
            parties.addressFor(from, to),
            question.port(),
            question.protocol());
    return new Journey(survey, netfilter, question, from, packet).way();
  }

  /** One question's packets. */
  private static final class Journey {
    private final Survey survey;
    private final Netfilter netfilter;
    private final Question question;
    private final Party from;
    private final Packet packet;
    private final Walk there;
    private final Walk back;

    Journey(Survey survey, Netfilter netfilter, Question question, Party from, Packet packet) {
      this.survey = survey;
      this.netfilter = netfilter;
      this.question = question;
      this.from = from;
      this.packet = packet;
      this.there = new Walk(survey, netfilter);
      this.back = new Walk(survey, netfilter);
    }

    Way way() {
      Outcome outcome;
      try {
        outcome = follow();
      } catch (Lost e) {
        outcome = e.outcome();
      }
      List<RuleHit> doubts = netfilter.doubts();
      if (!doubts.isEmpty()) {
        RuleHit doubt = doubts.get(0);
        outcome =
            new Outcome(
                Outcome.Kind.UNKNOWN,
                outcome.place(),
                doubt.note()
                    + ": table "
                    + doubt.table()
                    + ", chain "
                    + doubt.chain()
                    + ": "
                    + doubt.text());
      }
      return new Way(question.toString(), packet.toString(), there.hops(), back.hops(), outcome);
    }

    private Outcome follow() {
      End end = begin();
      if (end instanceof End.Left left) {
        return new Outcome(
            Outcome.Kind.LEAVES,
            left.place().title(),
            "it leaves by " + left.link().name() + " as " + left.packet());
      }
      End.Arrived arrived = (End.Arrived) end;
      boolean listens =
          question.port() == 0 || Listeners.wait(survey.probe(arrived.place()), arrived.packet());
      Place asker = from.place().orElse(survey.host());
      return answer(arrived, listens, asker);
    }

    private End begin() {
      if (from.place().isPresent()) {
        return there.send(from.place().get(), packet);
      }
      LinkEnd door = from.door().orElseThrow();
      return there.enter(door.place(), door.link(), packet, neighbour(door));
    }

    /** Whom an outside sender sends to on the wire: whoever has the address, else the host. */
    private Ipv4 neighbour(LinkEnd door) {
      Ipv4 to = packet.destination();
      boolean above = survey.above(door).stream().anyMatch(a -> a.link().has(to));
      Optional<SeenLink> holder = door.place().holder(to);
      if (above || holder.isPresent()) {
        return to;
      }
      return door.link().ipv4().stream().map(c -> c.address()).findFirst().orElse(to);
    }

    private Outcome answer(End.Arrived arrived, boolean listens, Place asker) {
      String place = arrived.place().title();
      End end;
      try {
        end = back.send(arrived.place(), arrived.packet().answer());
      } catch (Lost e) {
        return new Outcome(
            e.outcome().kind(), e.outcome().place(), "the answer: " + e.outcome().why());
      }
      Optional<String> lost = astray(end, asker);
      if (lost.isPresent()) {
        return new Outcome(Outcome.Kind.DROPPED, place, lost.get());
      }
      return listens
          ? new Outcome(Outcome.Kind.ANSWERED, place, place + " answers")
          : new Outcome(
              Outcome.Kind.REFUSED,
              place,
              "it arrives, but nobody in "
                  + place
                  + " listens on "
                  + arrived.packet().destination()
                  + ":"
                  + arrived.packet().destinationPort()
                  + "/"
                  + question.protocol()
                  + " (connection refused)");
    }

    /** Why the answer is none to the asker; empty where it is. */
    private Optional<String> astray(End end, Place asker) {
      Packet came = end.packet();
      boolean right =
          came.source().equals(packet.destination())
              && came.sourcePort() == packet.destinationPort();
      if (!right) {
        return Optional.of(
            "the answer comes from "
                + came.source()
                + " instead of "
                + packet.destination()
                + ": the asker drops it (it goes back another way, past the translation)");
      }
      boolean home =
          end instanceof End.Arrived arrived
              ? from.place().isPresent() && arrived.place().name().equals(asker.name())
              : from.place().isEmpty();
      return home ? Optional.empty() : Optional.of("the answer goes to somebody else: " + came);
    }
  }
}
