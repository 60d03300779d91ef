package io.engram.benchmarks.ingest;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.benchmarks.Rounds;
import io.engram.schemas.Topics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Throughput of ingest in three formats beside a copy loop over the same records, in the same rounds; and its latency. */
final class IngestCases {

  private static final double COMMIT_INTERVAL_MILLIS = 100;
  private static final double INTERVALS = 2;
  private static final double FORMATS = 0.5;

  /**
   * Examples of one size.
   *
   * @param name of the size, in our own encoding
   * @param numbers of an example
   * @param examples of a round
   * @param goal of our own format beside the copy loop
   */
  record Size(String name, int numbers, int examples, double goal) {}

  private final Site site;
  private final int rounds;
  private final Consumer<String> say;

  IngestCases(Site site, int rounds, Consumer<String> say) {
    this.site = site;
    this.rounds = rounds;
    this.say = say;
  }

  List<Case> throughput(Size size) throws InterruptedException {
    Rounds copies = new Rounds();
    Map<Wording, Rounds> rates = new EnumMap<>(Wording.class);
    // The first round warms up.
    for (int round = 0; round <= rounds; round++) {
      for (Wording wording : Wording.values()) {
        Topics topics =
            new Topics("bench-%d-%d-%s-".formatted(size.numbers(), round, word(wording)));
        site.fill(site.topic(topics.examples()), wording, size.examples(), size.numbers());
        double copied =
            wording == Wording.AVRO
                ? new CopyLoop(site.kafka())
                    .run(topics.examples(), site.topic(topics.prefix() + "copy"), size.examples())
                : 0;
        double rate = new IngestRun(site).rate(topics, wording, size.examples());
        if (round > 0) {
          rates.computeIfAbsent(wording, it -> new Rounds()).add(rate);
          if (copied > 0) {
            copies.add(copied);
          }
        }
        say.accept("%s, round %d, %s: %.0f/s".formatted(size.name(), round, word(wording), rate));
      }
    }
    return cases(size, copies, rates);
  }

  private static List<Case> cases(Size size, Rounds copies, Map<Wording, Rounds> rates) {
    List<Case> cases = new ArrayList<>();
    cases.add(
        Case.of(
            size.name() + ", copy loop",
            "records committed",
            copies.median(),
            "/s",
            copies.spread()));
    Rounds own = rates.getOrDefault(Wording.AVRO, copies);
    rates.forEach(
        (wording, rounds) -> {
          Case line =
              Case.of(
                  "%s, %s".formatted(size.name(), word(wording)),
                  "examples committed",
                  rounds.median(),
                  "/s",
                  rounds.spread());
          cases.add(
              wording == Wording.AVRO
                  ? line.atLeast(size.goal(), "copy loop", rounds.median() / copies.median())
                  : line.atLeast(FORMATS, "avro", rounds.median() / own.median()));
        });
    return cases;
  }

  List<Case> latency(int tasks) throws Exception {
    Rounds latency = new IngestRun(site).latency(new Topics("bench-latency-"), tasks, 784);
    return List.of(
        Case.of("latency", "append to task, p50", latency.median(), "ms"),
        Case.of("latency", "append to task, p99", latency.quantile(0.99), "ms", latency.spread())
            .atMost(INTERVALS, "commit interval", latency.quantile(0.99) / COMMIT_INTERVAL_MILLIS));
  }

  private static String word(Wording wording) {
    return wording.name().toLowerCase(Locale.ROOT);
  }
}
