package io.engram.ingest.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The alarms are those of MOA 2024.07.0 ({@code ADWIN} with δ = 0.002, {@code PageHinkleyTest} with threshold 20 and slack 0.05) on ten seeded
 * streams. MOA is GPL: it ran once, outside of this build, and {@code moa-alarms.txt} holds what it said, one line a stream.
 */
class OracleTest {

  static Stream<String> lines() throws IOException {
    try (InputStream in = OracleTest.class.getResourceAsStream("moa-alarms.txt")) {
      byte[] bytes = in == null ? new byte[0] : in.readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void theAlarmsAreThoseOfTheOracle(String line) {
    String[] words = line.split(" ", -1);
    ChangeDetector detector =
        words[0].equals("adwin") ? new Adwin(0.002) : new PageHinkley(0.05, 20);
    StringBuilder alarms = new StringBuilder(words[0] + " " + words[1]);
    double[] stream = stream(Integer.parseInt(words[1]));
    for (int i = 0; i < stream.length; i++) {
      if (detector.add(stream[i]) != ChangeDetector.NONE) {
        alarms.append(' ').append(i);
      }
    }
    assertThat(alarms).hasToString(line);
  }

  /** Coins whose bias changes by 0.4 every 500. */
  private static double[] stream(int seed) {
    Random random = new Random(seed);
    double[] values = new double[2000];
    double rate = random.nextDouble();
    for (int i = 0; i < values.length; i++) {
      if (i % 500 == 0 && i > 0) {
        rate = rate < 0.5 ? rate + 0.4 : rate - 0.4;
      }
      values[i] = random.nextDouble() < rate ? 1 : 0;
    }
    return values;
  }
}
