package io.engram.benchmarks.hostile;

import io.engram.schemas.Topics;
import io.engram.schemas.kafka.RejectedHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** What can be done to the records of any topic. */
enum Mangling {
  RANDOM_BYTES {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(bytes(random, 1 + random.nextInt(400)));
    }
  },
  TRUNCATED {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      byte[] value = value(valid);
      return valid.with(Arrays.copyOf(value, random.nextInt(value.length)));
    }
  },
  BITS_FLIPPED {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      byte[] value = value(valid).clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return valid.with(value);
    }
  },
  /** The ten bytes that say what comes, and then something else. */
  HEADER_AND_GARBAGE {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      byte[] garbage = bytes(random, HEADER_BYTES + random.nextInt(200));
      System.arraycopy(value(valid), 0, garbage, 0, HEADER_BYTES);
      return valid.with(garbage);
    }
  },
  OTHER_SCHEMA {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(foreign);
    }
  },
  /** A string, bytes or array of two to the 62 elements. */
  HUGE_LENGTH {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      byte[] huge = Arrays.copyOf(value(valid), HEADER_BYTES + 40);
      Arrays.fill(huge, HEADER_BYTES, HEADER_BYTES + 8, (byte) 0xFE);
      huge[HEADER_BYTES + 8] = 0x7F;
      return valid.with(huge);
    }
  },
  EMPTY {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(new byte[0]);
    }
  },
  /** Under a key that is nobody's: a tombstone under an honest one is a command of whoever may write. */
  TOMBSTONE {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return Draft.of("nobody-" + random.nextInt(1000), null);
    }
  },
  NULL_KEY {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(bytes(random, 20)).keyed(null);
    }
  },
  HUGE_KEY {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(bytes(random, 20)).keyed(bytes(random, 900_000));
    }
  },
  /** The year 1970, or 292 million years ahead. */
  ABSURD_TIME {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      return valid.with(bytes(random, 20)).at(random.nextBoolean() ? 0 : Long.MAX_VALUE);
    }
  },
  HOSTILE_HEADERS {
    @Override
    Draft mangle(Draft valid, byte[] foreign, SplittableRandom random) {
      List<Header> headers = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(60); i++) {
        headers.add(new RecordHeader(NAMES.get(random.nextInt(NAMES.size())), bytes(random, 30)));
      }
      headers.add(new RecordHeader("\u001b[2J\r\nERROR forged\u202e", bytes(random, 10)));
      return valid.with(bytes(random, 30)).with(headers);
    }
  };

  private static final int HEADER_BYTES = 10;
  private static final int MOST_LARGE = 20;
  private static final int MOST_ALONE = 500;

  /** Engram's own among them. */
  private static final List<String> NAMES =
      List.of(
          "engram.key",
          "engram.signature",
          "engram.publication",
          "engram.place",
          "engram.before",
          RejectedHeaders.CATEGORY,
          RejectedHeaders.REASON,
          "x",
          "");

  abstract Draft mangle(Draft valid, byte[] foreign, SplittableRandom random);

  /** All of these on one topic, bent from what stood there. */
  static List<Kind> on(String topic, Samples samples) {
    boolean compacted = new Topics("").modelUpdates().equals(topic) || topic.equals("forgotten");
    List<Kind> kinds = new ArrayList<>();
    for (Mangling one : values()) {
      Kind kind =
          Kind.of(
              topic,
              one.words(),
              (random, number) ->
                  one.mangle(
                      new Draft(
                          ("hostile-" + one.words()).getBytes(StandardCharsets.UTF_8),
                          samples.any(topic, random).value(),
                          List.of(),
                          null),
                      samples.foreign(topic, random),
                      random));
      boolean refusedByBroker = one == ABSURD_TIME || (compacted && one == NULL_KEY);
      if (refusedByBroker) {
        kind = kind.byItself().atMost(MOST_ALONE);
      }
      kinds.add(one == HUGE_KEY ? kind.byItself().atMost(MOST_LARGE) : kind);
    }
    return kinds;
  }

  private String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static byte[] value(Draft valid) {
    byte[] value = valid.value();
    if (value == null) {
      throw new IllegalStateException("a valid record has a value");
    }
    return value;
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
