package io.engram.ingest.kafka.forget;

import java.util.List;
import java.util.Map;

/**
 * An application of Kafka Streams, other than ingest, that reads {@code examples} and keeps something of each key. Its topics are written anew
 * where they exist.
 *
 * @param group its consumer group
 * @param keyed topics that it reads or writes, whose records have the task key as their key
 * @param changelogs whose a record is, by changelog; those that are not named stay as they are
 */
public record OtherApplication(
    String group, List<String> keyed, Map<String, Ownership> changelogs) {

  /** Where a changelog has the task key. */
  public interface Ownership {

    /** Whether a record with this key is the task key's own. */
    boolean belongs(byte[] recordKey, byte[] taskKey);
  }

  public OtherApplication {
    keyed = List.copyOf(keyed);
    changelogs = Map.copyOf(changelogs);
  }
}
