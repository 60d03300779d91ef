package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.schemas.TraceContext;
import java.util.List;
import java.util.Optional;

/**
 * The log of registry events, and the one writer of it.
 *
 * <p><b>Threading:</b> the registry's thread only. <b>Exclusiveness:</b> opening a journal fences every earlier writer of the same log and
 * ends what it left unfinished; what is replayed then is complete. <b>Durability:</b> when {@link #commit} returns, events and
 * publications are durable, and readers see both or neither. <b>Idempotence:</b> none: a commit that failed may have been done; only a
 * journal opened anew can tell. <b>Failure:</b> throws {@link TakenOverException} if another registry writes now, {@link
 * UnavailableException} if it is not known whether it was done; this journal is then of no further use. Anything else is for good.
 */
public interface Journal extends AutoCloseable {

  /** What all events of the log say, from its beginning. What no registry wrote is passed over. */
  RegistryImage replay();

  /** How many records were passed over by {@link #replay}. */
  default long foreign() {
    return 0;
  }

  /**
   * Appends events and publishes versions, all or nothing.
   *
   * @param eventsBefore how many events the log holds, as far as this writer knows
   * @param events at least one, or at least one publication
   * @param meanwhile what must be done before the commit, and may be done while the records are on their way; if it fails, nothing is
   *     committed, what it threw is thrown, and this journal stays of use
   * @param trace whose work led to it
   */
  void commit(
      long eventsBefore,
      List<ModelEvent> events,
      List<VersionUpdate> publications,
      Runnable meanwhile,
      Optional<TraceContext> trace);

  @Override
  void close();
}
