package io.engram.modelregistry.image;

import io.engram.schemas.avro.ModelManifest;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What an event does to a model. The same closed list as in {@code RegistryEvent.avsc}, as values. */
public sealed interface Change {

  /**
   * A candidate became an immutable version.
   *
   * @param manifest with the version filled in; never changed after this
   */
  record Registered(long version, ModelManifest manifest) implements Change {}

  /** A candidate that is no version: incomplete, corrupt or contradictory. */
  record Rejected(String candidateId) implements Change {}

  /**
   * A version became champion.
   *
   * @param previous the champion before
   * @param numbers what was compared
   */
  record Promoted(long version, OptionalLong previous, Map<String, Double> numbers)
      implements Change {
    public Promoted {
      numbers = Map.copyOf(numbers);
    }
  }

  /**
   * The gate kept the champion.
   *
   * @param rule the rule that refused
   * @param numbers what was compared
   */
  record Refused(long version, OptionalLong champion, String rule, Map<String, Double> numbers)
      implements Change {
    public Refused {
      numbers = Map.copyOf(numbers);
    }
  }

  /** A former champion is champion again; what was champion after it is withdrawn. */
  record RolledBack(long from, long to) implements Change {}

  /** A name of the user's for a version. */
  record AliasSet(String alias, long version) implements Change {}

  /** The name is free again. */
  record AliasRemoved(String alias) implements Change {}

  /** The champion stays until it is unpinned. */
  record Pinned(long version) implements Change {}

  /** The gate decides again. */
  record Unpinned(long version) implements Change {}

  /** A note on a version. */
  record Tagged(long version, String tag, String value) implements Change {}

  /** The note is gone. */
  record Untagged(long version, String tag) implements Change {}

  /** The parameter bytes of these versions are no longer kept. */
  record ParametersDropped(List<Long> versions) implements Change {
    public ParametersDropped {
      versions = List.copyOf(versions);
    }
  }
}
