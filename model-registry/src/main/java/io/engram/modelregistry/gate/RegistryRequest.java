package io.engram.modelregistry.gate;

/** What somebody may want of a model. */
public sealed interface RegistryRequest {

  /** Makes a version champion, whatever the gate said; goes on with its line if that was withdrawn. */
  record Promote(long version) implements RegistryRequest {}

  /** Makes the champion before this one champion again, and withdraws this one's line. */
  record RollBack() implements RegistryRequest {}

  /** Makes an earlier champion champion again, and withdraws what was champion after it. */
  record RollBackTo(long version) implements RegistryRequest {}

  /** Gives a version a name; takes the name away from another. */
  record SetAlias(String alias, long version) implements RegistryRequest {}

  /** Frees a name. */
  record RemoveAlias(String alias) implements RegistryRequest {}

  /** Keeps the champion as it is, until it is unpinned. */
  record Pin() implements RegistryRequest {}

  /** Lets the gate decide again. */
  record Unpin() implements RegistryRequest {}

  /** Puts a note on a version, or replaces it. */
  record Tag(long version, String tag, String value) implements RegistryRequest {}

  /** Takes a note away. */
  record Untag(long version, String tag) implements RegistryRequest {}
}
