package io.engram.servicekit.http;

import java.time.Duration;

/**
 * What a port bears.
 *
 * @param connections open at the same time; beyond it the one that has waited longest without a whole request gives way
 * @param calls answered at the same time; beyond it a call hears 503, but for those that the handler calls light
 * @param streams answers without end at the same time; beyond it 503
 * @param request how long a whole request, head and body, may take from its first byte; then 408, or the end of the connection where there is no head yet
 * @param idle how long a connection may wait for a request
 */
public record HttpLimits(
    Crowd connections, Crowd calls, Crowd streams, Duration request, Duration idle) {

  /** For a port that serves people and programs: 512 connections, 128 of each client; 64 calls, 16 of each; 64 streams, 16 of each; 5 s, 30 s. */
  public static final HttpLimits USUAL =
      new HttpLimits(
          new Crowd(512, 128),
          new Crowd(64, 16),
          new Crowd(64, 16),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30));
}
