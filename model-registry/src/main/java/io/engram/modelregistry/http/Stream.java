package io.engram.modelregistry.http;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Server-sent events to one client. */
interface Stream {

  /**
   * Sends until the client goes or the server closes.
   *
   * @throws IOException when the client has gone
   */
  void run(BooleanSupplier open) throws IOException, InterruptedException;

  /** Ends a waiting {@link #run} at its next look. */
  void wake();
}
