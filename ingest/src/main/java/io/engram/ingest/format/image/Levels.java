package io.engram.ingest.format.image;

/** What came of reading an image. */
public sealed interface Levels {

  /** Levels from 0 to 255: all of the first channel row by row, then the next. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Read(byte[] bytes) implements Levels {}

  /**
   * No image.
   *
   * @param reason what was found, what was expected
   */
  record Refused(String reason) implements Levels {}
}
