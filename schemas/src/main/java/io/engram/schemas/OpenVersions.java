package io.engram.schemas;

import io.engram.schemas.avro.ModelChunk;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Unfinished versions within limits, those that a chunk came of last at the end; and the last ones that were beyond them. */
final class OpenVersions {

  /** Of so many it is known that they were refused, so that each is told once. */
  private static final int REFUSED_KNOWN = 1000;

  private final AssemblyLimits limits;
  private final Map<Id, Pieces> byId = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<Id> refused = new LinkedHashSet<>();
  private long bytes;

  record Id(String modelName, String candidateId) {}

  OpenVersions(AssemblyLimits limits) {
    this.limits = limits;
  }

  boolean contains(Id id) {
    return byId.containsKey(id);
  }

  long bytes() {
    return bytes;
  }

  /** The pieces of a version; none yet where a chunk is its first. */
  Pieces of(Id id, ModelChunk chunk) {
    Pieces pieces = byId.computeIfAbsent(id, first -> new Pieces(chunk));
    if (byId.size() > limits.versions()) {
      removeOldest();
    }
    return pieces;
  }

  /** Takes a chunk, letting others go that it leaves no room for; says no where it alone has none. */
  boolean put(Id id, Pieces pieces, ModelChunk chunk) {
    long growth = pieces.growth(chunk);
    if (pieces.bytes() + growth > limits.totalBytes()) {
      return false;
    }
    while (bytes + growth > limits.totalBytes()) {
      removeOldest();
    }
    bytes += growth;
    pieces.put(chunk);
    return true;
  }

  /** The pieces, let go of; null where there are none. */
  @Nullable Pieces remove(Id id) {
    Pieces removed = byId.remove(id);
    if (removed != null) {
      bytes -= removed.bytes();
    }
    return removed;
  }

  /** Lets go of a version for good, until its manifest comes. */
  Assembly.Dropped refuse(Id id, String reason) {
    remove(id);
    boolean first = refused.add(id);
    if (refused.size() > REFUSED_KNOWN) {
      removeFirst(refused.iterator());
    }
    return new Assembly.Dropped(id.modelName(), id.candidateId(), reason, first);
  }

  boolean refused(Id id) {
    return refused.contains(id);
  }

  /** Forgets that a version was refused; whether it was. */
  boolean forgive(Id id) {
    return refused.remove(id);
  }

  private void removeOldest() {
    Iterator<Pieces> oldest = byId.values().iterator();
    bytes -= oldest.next().bytes();
    oldest.remove();
  }

  private static void removeFirst(Iterator<Id> ids) {
    ids.next();
    ids.remove();
  }
}
