package io.engram.benchmarks.hostile;

import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.SourceIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Events, forgettings and rejected examples that nobody wrote who may. */
final class BooksKinds {

  private static final Topics TOPICS = new Topics("");

  private BooksKinds() {}

  static List<Kind> all(Samples samples) {
    return List.of(
        Kind.of(
            TOPICS.registryEvents(),
            "events-again",
            (random, n) -> Draft.again(samples.any(TOPICS.registryEvents(), random))),
        Kind.of(
            TOPICS.registryEvents(),
            "events-unsigned",
            (random, n) ->
                Draft.again(samples.any(TOPICS.registryEvents(), random)).with(List.of())),
        Kind.of(
            TOPICS.registryEvents(),
            "events-placed",
            (random, n) ->
                Draft.again(samples.any(TOPICS.registryEvents(), random)).with(place(n))),
        Kind.of(
            TOPICS.forgotten(),
            "forged-forgetting",
            (random, n) -> forgetting(n, ForgettingStage.DONE, new byte[7])),
        Kind.of(
            TOPICS.forgotten(),
            "forged-half-done",
            (random, n) -> forgetting(n, ForgettingStage.COPIED, new byte[32])),
        Kind.of(
            TOPICS.rejectedExamples(),
            "forged-source-index",
            (random, n) ->
                Draft.of("hostile", new byte[3])
                    .withHeader(
                        SourceIndex.INDEX, "1000000000000".getBytes(StandardCharsets.UTF_8))));
  }

  private static List<Header> place(long number) {
    return List.of(
        new RecordHeader("engram.place", SealHeaders.number(number)),
        new RecordHeader("engram.before", new byte[32]));
  }

  private static Draft forgetting(long number, ForgettingStage stage, byte[] digest) {
    Forgetting forged =
        new Forgetting(
            number + 2,
            Instant.EPOCH,
            ByteBuffer.wrap(new byte[5]),
            ByteBuffer.wrap(digest),
            stage,
            number,
            List.of(),
            List.of());
    return Draft.of("hostile-" + number, Wire.forgetting().encode(forged));
  }
}
