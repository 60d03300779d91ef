package io.engram.benchmarks.registry;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.core.network.NetworkSpec;
import io.engram.modelregistry.RegistryService;
import io.engram.modelregistry.gate.Decision;
import io.engram.modelregistry.gate.RegistryRequest;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.List;

/**
 * From a candidate on its way to the registry until every subscriber holds the version made of it, and from a rollback call until every one
 * holds the version before; both beside a bare transaction of the same bytes, in the same rounds.
 */
final class DeliveryCases {

  private static final String MODEL = "delivery";
  private static final int SUBSCRIBERS = 100;
  private static final int WARM_UP = 5;
  private static final double GOAL = 3;

  private final Rounds bare = new Rounds();
  private final Rounds publication = new Rounds();
  private final Rounds rollback = new Rounds();
  private final Rounds promotion = new Rounds();
  private final int rounds;

  DeliveryCases(int rounds) {
    this.rounds = rounds;
  }

  List<Case> run(Site site) throws InterruptedException {
    Topics topics = new Topics("delivery-");
    // 785 · 160 + 161 · 5 numbers: half a megabyte.
    NetworkSpec network = NetworkSpec.parse("input(784) dense(160) relu dense(5) softmax");
    site.topic(topics.modelCandidates());
    try (RegistryService registry = site.registry(topics);
        CandidateLine line = new CandidateLine(MODEL, topics, site.kafka(), network);
        BareTransactions limit = new BareTransactions(site.topic("delivery-bare"), site.kafka());
        Engram engram = Engram.connect(new EngramConfig(topics, site.kafka(), SUBSCRIBERS));
        Audience audience = new Audience(engram, MODEL, SUBSCRIBERS)) {
      long version = 1;
      line.publish(line.candidate(version));
      for (int round = 0; round < WARM_UP + rounds; round++) {
        version++;
        List<byte[]> candidate = line.candidate(version);
        long bareNanos = limit.round(candidate);
        long publicationNanos = publish(line, audience, candidate, version);
        long rollbackNanos =
            change(registry, new RegistryRequest.RollBack(), audience, version - 1);
        // The line was withdrawn; what comes next is promoted again only after this.
        long promotionNanos =
            change(registry, new RegistryRequest.Promote(version), audience, version);
        if (round >= WARM_UP) {
          bare.addNanos(bareNanos);
          publication.addNanos(publicationNanos);
          rollback.addNanos(rollbackNanos);
          promotion.addNanos(promotionNanos);
        }
      }
      return cases(line.bytes());
    }
  }

  private static long publish(
      CandidateLine line, Audience audience, List<byte[]> candidate, long version)
      throws InterruptedException {
    audience.expect(version);
    long start = System.nanoTime();
    line.publish(candidate);
    return audience.awaitAll() - start;
  }

  private static long change(
      RegistryService registry, RegistryRequest operation, Audience audience, long expected)
      throws InterruptedException {
    audience.expect(expected);
    long start = System.nanoTime();
    Decision decision = registry.carryOut(MODEL, operation, "bench", "measured").join();
    if (decision instanceof Decision.Declined declined) {
      throw new IllegalStateException(operation + " was declined: " + declined.reason());
    }
    return audience.awaitAll() - start;
  }

  private List<Case> cases(int bytes) {
    String size = "%.2f MB".formatted(bytes / 1e6);
    String versus = "bare transaction of " + size;
    List<Case> cases = new ArrayList<>();
    cases.add(
        Case.of("bare transaction", "send to receive, p50", bare.median(), "ms", bare.spread()));
    cases.add(
        Case.of("candidate", SUBSCRIBERS + " subscribers hold it, p50", publication.median(), "ms")
            .atMost(GOAL, versus, publication.median() / bare.median()));
    cases.add(
        Case.of(
            "candidate",
            SUBSCRIBERS + " subscribers hold it, p99",
            publication.quantile(0.99),
            "ms",
            publication.spread()));
    cases.add(
        Case.of("rollback call", SUBSCRIBERS + " subscribers hold it, p50", rollback.median(), "ms")
            .atMost(GOAL, versus, rollback.median() / bare.median()));
    cases.add(
        Case.of(
            "rollback call",
            SUBSCRIBERS + " subscribers hold it, p99",
            rollback.quantile(0.99),
            "ms",
            rollback.spread()));
    cases.add(
        Case.of(
            "promotion by hand",
            SUBSCRIBERS + " subscribers hold it, p50",
            promotion.median(),
            "ms",
            promotion.spread()));
    return cases;
  }
}
