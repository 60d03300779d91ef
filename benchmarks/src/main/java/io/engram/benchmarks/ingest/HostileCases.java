package io.engram.benchmarks.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.engram.benchmarks.BenchReport.Case;
import io.engram.ingest.format.ExampleDecoder;
import io.engram.ingest.format.ExampleDecoder.Decoded;
import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.ExampleRecord;
import io.engram.ingest.format.FormatChoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Random, cut, changed and deep records through the decoders of all formats: each ends in a value, and nothing of them stays. */
final class HostileCases {

  private static final List<String> FORMATS =
      List.of("avro", "json", "confluent", "apicurio", "cloudevents", "debezium", "auto");
  private static final List<String> UNITS = List.of("[", "{\"a\":", "-", "9", "\"", "\\", "[1,");
  private static final double MIB = 1 << 20;

  private final int records;
  private final Random random = new Random(16);

  HostileCases(int records) {
    this.records = records;
  }

  List<Case> run(Path schemas) {
    List<ExampleDecoder> decoders = FORMATS.stream().map(it -> decoder(it, schemas)).toList();
    List<byte[]> valid =
        Stream.concat(
                Stream.of(Wording.values()).map(wording -> wording.value(1, 20)),
                Stream.of(
                        "{\"specversion\":\"1.0\",\"id\":\"i\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"px\":1,\"label\":2}}",
                        "{\"schema\":{},\"payload\":{\"after\":{\"px\":1,\"label\":2},\"op\":\"c\"}}")
                    .map(text -> text.getBytes(UTF_8)))
            .toList();
    int crashes = 0;
    int reasons = 0;
    double before = 0;
    long start = System.nanoTime();
    for (int i = 0; i < records; i++) {
      if (i == records / 10) {
        before = used();
      }
      try {
        byte[] value = hostile(valid);
        Decoded decoded = decoders.get(i % decoders.size()).decode(ExampleRecord.of(value));
        reasons += decoded instanceof Decoded.Undecodable bad && !bad.reason().isBlank() ? 1 : 0;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        crashes++;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return List.of(
        Case.of("hostile, %d records".formatted(records), "crashes", crashes, "")
            .goal("= 0", crashes == 0),
        Case.of("hostile", "with a reason (others were examples still)", reasons, ""),
        Case.of("hostile", "heap more after than at a tenth", used() - before, "MiB"),
        Case.of("hostile", "decoded", records / seconds, "/s"));
  }

  private static ExampleDecoder decoder(String format, Path schemas) {
    if (format.equals("avro")) {
      return ExampleFormats.open(FormatChoice.avro());
    }
    Map<String, String> options = new HashMap<>(Wording.CONFLUENT.choice(schemas).options());
    if (format.equals("json")) {
      options.remove("registry-dir");
    }
    return ExampleFormats.open(new FormatChoice(format, options));
  }

  private byte[] hostile(List<byte[]> valid) {
    int kind = random.nextInt(100);
    if (kind < 30) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      return bytes;
    }
    if (kind < 32) {
      return UNITS.get(random.nextInt(UNITS.size())).repeat(random.nextInt(2_000)).getBytes(UTF_8);
    }
    byte[] good = valid.get(random.nextInt(valid.size()));
    byte[] bad = Arrays.copyOf(good, kind < 60 ? random.nextInt(good.length + 4) : good.length);
    for (int flips = 1 + random.nextInt(3); flips > 0 && bad.length > 0; flips--) {
      bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
    }
    return bad;
  }

  private static double used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
  }
}
