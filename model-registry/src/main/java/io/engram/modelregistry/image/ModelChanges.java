package io.engram.modelregistry.image;

import io.engram.modelregistry.image.Change.AliasRemoved;
import io.engram.modelregistry.image.Change.AliasSet;
import io.engram.modelregistry.image.Change.ParametersDropped;
import io.engram.modelregistry.image.Change.Pinned;
import io.engram.modelregistry.image.Change.Promoted;
import io.engram.modelregistry.image.Change.Refused;
import io.engram.modelregistry.image.Change.Registered;
import io.engram.modelregistry.image.Change.Rejected;
import io.engram.modelregistry.image.Change.RolledBack;
import io.engram.modelregistry.image.Change.Tagged;
import io.engram.modelregistry.image.Change.Unpinned;
import io.engram.modelregistry.image.Change.Untagged;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;

/**
 * How each change changes a model. Nothing is decided here: whatever stands in the log happened, and what could not have
 * happened is a broken history.
 */
final class ModelChanges {

  private final ModelEvent event;
  private PVector<RegisteredVersion> versions;
  private PMap<String, Long> byCandidate;
  private PVector<Reign> reigns;
  private PVector<Long> predecessors;
  private PSet<Long> withdrawn;
  private PSortedMap<String, Long> aliases;
  private boolean pinned;
  private long refusals;
  private long rejections;
  private long rejectionsSinceVersion;
  private final ModelImage before;

  private ModelChanges(ModelImage before, ModelEvent event) {
    this.before = before;
    this.event = event;
    this.versions = before.versions();
    this.byCandidate = before.byCandidate();
    this.reigns = before.succession().reigns();
    this.predecessors = before.succession().predecessors();
    this.withdrawn = before.succession().withdrawn();
    this.aliases = before.aliases();
    this.pinned = before.succession().pinned();
    this.refusals = before.chronicle().refusals();
    this.rejections = before.chronicle().rejections();
    this.rejectionsSinceVersion = before.chronicle().rejectionsSinceVersion();
  }

  static ModelImage apply(ModelImage before, ModelEvent event) {
    ModelChanges changes = new ModelChanges(before, event);
    changes.apply(event.change());
    return changes.after();
  }

  private ModelImage after() {
    return new ModelImage(
        before.name(),
        versions,
        byCandidate,
        aliases,
        new Succession(reigns, predecessors, withdrawn, pinned),
        new Chronicle(
            before.chronicle().history().plus(event),
            refusals,
            rejections,
            rejectionsSinceVersion));
  }

  private void apply(Change change) {
    if (change instanceof Registered registered) {
      register(registered);
    } else if (change instanceof Rejected) {
      rejections++;
      rejectionsSinceVersion++;
    } else if (change instanceof Promoted promoted) {
      promote(promoted);
    } else if (change instanceof Refused refused) {
      known(refused.version());
      refusals++;
    } else if (change instanceof RolledBack rolledBack) {
      rollBack(rolledBack);
    } else if (change instanceof AliasSet set) {
      known(set.version());
      aliases = aliases.plus(set.alias(), set.version());
    } else if (change instanceof AliasRemoved removed) {
      aliases = aliases.minus(removed.alias());
    } else if (change instanceof Pinned pin) {
      require(before.champion().equals(OptionalLong.of(pin.version())), "it is not the champion");
      pinned = true;
    } else if (change instanceof Unpinned) {
      pinned = false;
    } else if (change instanceof Tagged tagged) {
      RegisteredVersion version = known(tagged.version());
      replace(version.withTags(version.tags().plus(tagged.tag(), tagged.value())));
    } else if (change instanceof Untagged untagged) {
      RegisteredVersion version = known(untagged.version());
      replace(version.withTags(version.tags().minus(untagged.tag())));
    } else if (change instanceof ParametersDropped dropped) {
      dropped.versions().forEach(version -> replace(known(version).withoutParameters()));
    } else {
      throw new IllegalStateException("nobody knows what it does: " + change);
    }
  }

  private void register(Registered registered) {
    long expected = before.newest() + 1;
    require(registered.version() == expected, "expected version " + expected);
    String candidateId = registered.manifest().getCandidateId();
    require(!byCandidate.containsKey(candidateId), "the candidate is registered already");
    versions =
        versions.plus(
            new RegisteredVersion(
                registered.version(), registered.manifest(), event.at(), true, TreePMap.empty()));
    byCandidate = byCandidate.plus(candidateId, registered.version());
    rejectionsSinceVersion = 0;
  }

  private void promote(Promoted promoted) {
    RegisteredVersion version = known(promoted.version());
    OptionalLong champion = before.champion();
    require(champion.equals(promoted.previous()), "the champion was " + champion);
    if (champion.isPresent()) {
      predecessors = predecessors.plus(champion.getAsLong());
    }
    if (!withdrawn.isEmpty()) {
      Set<Long> line =
          before.ancestry(version).stream()
              .map(RegisteredVersion::version)
              .collect(Collectors.toUnmodifiableSet());
      withdrawn = withdrawn.minusAll(line);
    }
    crown(promoted.version(), Reign.How.PROMOTED);
  }

  private void rollBack(RolledBack change) {
    known(change.to());
    require(
        before.champion().equals(OptionalLong.of(change.from())),
        "the champion was " + before.champion());
    int index = predecessors.lastIndexOf(change.to());
    require(index >= 0, "version " + change.to() + " was not champion before");
    withdrawn =
        withdrawn
            .plus(change.from())
            .plusAll(predecessors.subList(index + 1, predecessors.size()))
            .minus(change.to());
    predecessors = predecessors.subList(0, index);
    crown(change.to(), Reign.How.ROLLED_BACK);
  }

  private void crown(long version, Reign.How how) {
    reigns = reigns.plus(new Reign(version, event.at(), how, event.actor(), event.reason()));
  }

  private RegisteredVersion known(long version) {
    return before
        .version(version)
        .orElseThrow(() -> new BrokenHistoryException(event, "version " + version + " is unknown"));
  }

  private void replace(RegisteredVersion version) {
    versions = versions.with((int) version.version() - 1, version);
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      throw new BrokenHistoryException(event, problem);
    }
  }
}
