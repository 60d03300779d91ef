package io.engram.schemas.kafka;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is left on {@code examples} of an example whose key was forgotten, where something has to be: no key, no value, and one header. Ingest
 * counts it and makes nothing of it; a source's feed still finds its own header there.
 */
public final class Husk {

  /** The header. */
  public static final String HUSK = "engram.forgotten";

  private Husk() {}

  /** Adds the header. */
  public static void write(Headers headers) {
    headers.add(HUSK, new byte[0]);
  }

  /** Whether a record is one; with a key or a value it is an example. */
  public static boolean is(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return key == null && value == null && headers.lastHeader(HUSK) != null;
  }
}
