package io.engram.benchmarks.registry;

import io.engram.core.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongFunction;

/** Bodies of adapt-and-predict: 10 rows of 20 columns under 5 labels, and 10 questions. */
final class ServingQuestions {

  private static final int ROWS = 10;
  private static final int COLUMNS = 20;
  private static final int CLASSES = 5;

  /** What stands in place of one number, and so makes rows that nobody asked with before. */
  private static final String PLACE = "0.123456";

  private ServingQuestions() {}

  /** Another question each time. */
  static LongFunction<byte[]> fresh() {
    String body = body();
    return n -> {
      String number = Float.toString(1 + (n % 8_000_000) / 8_388_608f);
      return body.replace(PLACE, number).getBytes(StandardCharsets.US_ASCII);
    };
  }

  /** One question again and again. */
  static LongFunction<byte[]> same() {
    byte[] body = body().getBytes(StandardCharsets.US_ASCII);
    return n -> body;
  }

  private static String body() {
    RandomStream random = new RandomStream(7);
    StringBuilder json = new StringBuilder("{\"support\":[");
    for (int row = 0; row < ROWS; row++) {
      json.append(row == 0 ? "" : ",").append("{\"label\":\"class-").append(row % CLASSES);
      json.append("\",\"features\":");
      features(json, random, row == 0);
      json.append('}');
    }
    json.append("],\"questions\":[");
    for (int row = 0; row < ROWS; row++) {
      json.append(row == 0 ? "" : ",");
      features(json, random, false);
    }
    return json.append("]}").toString();
  }

  private static void features(StringBuilder json, RandomStream random, boolean first) {
    json.append('[');
    for (int column = 0; column < COLUMNS; column++) {
      json.append(column == 0 ? "" : ",");
      json.append(first && column == 0 ? PLACE : Float.toString((float) random.nextGaussian()));
    }
    json.append(']');
  }
}
