package io.engram.modelregistry.gate;

import io.engram.modelregistry.gate.Decision.Accepted;
import io.engram.modelregistry.gate.Decision.Cause;
import io.engram.modelregistry.gate.Decision.Declined;
import io.engram.modelregistry.gate.RegistryRequest.Pin;
import io.engram.modelregistry.gate.RegistryRequest.Promote;
import io.engram.modelregistry.gate.RegistryRequest.RemoveAlias;
import io.engram.modelregistry.gate.RegistryRequest.RollBack;
import io.engram.modelregistry.gate.RegistryRequest.RollBackTo;
import io.engram.modelregistry.gate.RegistryRequest.SetAlias;
import io.engram.modelregistry.gate.RegistryRequest.Tag;
import io.engram.modelregistry.gate.RegistryRequest.Unpin;
import io.engram.modelregistry.gate.RegistryRequest.Untag;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What comes of an operation: the events that carry it out, or why it cannot be. Pure. Asking for what is already so is accepted and
 * changes nothing, so that a call whose answer got lost can be made again.
 */
public final class RequestDecisions {

  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final int LONGEST_TEXT = 1000;

  private final ModelImage model;
  private final Caller caller;

  private RequestDecisions(ModelImage model, Caller caller) {
    this.model = model;
    this.caller = caller;
  }

  /** Decides on an operation. */
  public static Decision decide(
      RegistryImage image, String model, RegistryRequest operation, Caller caller) {
    Optional<ModelImage> found = image.model(model).filter(known -> known.newest() > 0);
    if (found.isEmpty()) {
      return new Declined(
          Cause.NOT_FOUND,
          "there is no model '%s'; there are %s".formatted(model, image.models().keySet()));
    }
    if (caller.reason().length() > LONGEST_TEXT || !WORD.matcher(caller.actor()).matches()) {
      return new Declined(
          Cause.INVALID,
          "the actor must be 1 to 100 letters, digits, '.', '_' or '-', the reason at most %d characters"
              .formatted(LONGEST_TEXT));
    }
    return new RequestDecisions(found.get(), caller).decide(operation);
  }

  private Decision decide(RegistryRequest operation) {
    if (operation instanceof Promote promote) {
      return promote(promote.version());
    } else if (operation instanceof RollBack) {
      return rollBack();
    } else if (operation instanceof RollBackTo to) {
      return rollBackTo(to.version());
    } else if (operation instanceof SetAlias set) {
      return setAlias(set);
    } else if (operation instanceof RemoveAlias remove) {
      return removeAlias(remove.alias());
    } else if (operation instanceof Pin) {
      return pin();
    } else if (operation instanceof Unpin) {
      return model.succession().pinned()
          ? accept(new Change.Unpinned(model.champion().orElse(0)))
          : nothing();
    } else if (operation instanceof Tag tag) {
      return tag(tag);
    } else if (operation instanceof Untag untag) {
      return untag(untag);
    }
    throw new IllegalStateException("nobody knows how to decide on " + operation);
  }

  private Decision promote(long number) {
    Optional<RegisteredVersion> version = model.version(number);
    if (version.isEmpty()) {
      return unknown(number);
    }
    if (isChampion(number)) {
      return nothing();
    }
    return publishable(version.get())
        .orElseGet(() -> accept(new Change.Promoted(number, model.champion(), Map.of())));
  }

  /** Takes the newest promotion back. Asked for once more it is so already; to go back further, a version is named. */
  private Decision rollBack() {
    if (model.succession().rolledBack()) {
      return nothing();
    }
    List<Long> before = model.succession().predecessors();
    return before.isEmpty()
        ? new Declined(
            Cause.CONFLICT, "there is no earlier champion of '%s'".formatted(model.name()))
        : rollBackTo(before.get(before.size() - 1));
  }

  private Decision rollBackTo(long number) {
    Optional<RegisteredVersion> version = model.version(number);
    if (version.isEmpty()) {
      return unknown(number);
    }
    if (isChampion(number) && model.succession().rolledBack()) {
      return nothing();
    }
    if (!model.succession().predecessors().contains(number)) {
      return new Declined(
          Cause.CONFLICT,
          "version %d was not champion before this one; versions to roll back to: %s"
              .formatted(number, model.succession().predecessors()));
    }
    return publishable(version.get())
        .orElseGet(() -> accept(new Change.RolledBack(model.champion().orElseThrow(), number)));
  }

  /** Why a version cannot become champion now, if so. */
  private Optional<Decision> publishable(RegisteredVersion version) {
    if (model.succession().pinned()) {
      return Optional.of(
          new Declined(
              Cause.CONFLICT,
              "version %d is pinned as champion; unpin it first"
                  .formatted(model.champion().orElse(0))));
    }
    if (Forgotten.since(model, version.manifest())) {
      return Optional.of(
          new Declined(
              Cause.CONFLICT, "version %d: %s".formatted(version.version(), Forgotten.WHY)));
    }
    return version.parametersKept()
        ? Optional.empty()
        : Optional.of(
            new Declined(
                Cause.CONFLICT,
                "the parameters of version %d are no longer kept".formatted(version.version())));
  }

  private Decision setAlias(SetAlias set) {
    if (!WORD.matcher(set.alias()).matches() || reserved(set.alias())) {
      return new Declined(
          Cause.INVALID,
          "an alias has 1 to 100 letters, digits, '.', '_' or '-', does not begin with one of the last three and is not '%s' or '%s'; found '%s'"
              .formatted(ModelImage.CHAMPION, ModelImage.CANDIDATE, set.alias()));
    }
    Optional<RegisteredVersion> version = model.version(set.version());
    if (version.isEmpty()) {
      return unknown(set.version());
    }
    if (!version.get().parametersKept()) {
      return new Declined(
          Cause.CONFLICT,
          "the parameters of version %d are no longer kept".formatted(set.version()));
    }
    return Long.valueOf(set.version()).equals(model.aliases().get(set.alias()))
        ? nothing()
        : accept(new Change.AliasSet(set.alias(), set.version()));
  }

  private Decision removeAlias(String alias) {
    if (reserved(alias)) {
      return new Declined(Cause.INVALID, "the alias '%s' is the registry's own".formatted(alias));
    }
    return model.aliases().containsKey(alias)
        ? accept(new Change.AliasRemoved(alias))
        : new Declined(
            Cause.NOT_FOUND,
            "there is no alias '%s'; there are %s".formatted(alias, model.aliases().keySet()));
  }

  private Decision pin() {
    if (model.champion().isEmpty()) {
      return new Declined(
          Cause.CONFLICT, "there is no champion of '%s' to pin".formatted(model.name()));
    }
    return model.succession().pinned()
        ? nothing()
        : accept(new Change.Pinned(model.champion().getAsLong()));
  }

  private Decision tag(Tag tag) {
    if (!WORD.matcher(tag.tag()).matches() || tag.value().length() > LONGEST_TEXT) {
      return new Declined(
          Cause.INVALID,
          "a tag has 1 to 100 letters, digits, '.', '_' or '-' and a value of at most %d characters; found '%s'"
              .formatted(LONGEST_TEXT, tag.tag()));
    }
    Optional<RegisteredVersion> version = model.version(tag.version());
    if (version.isEmpty()) {
      return unknown(tag.version());
    }
    return tag.value().equals(version.get().tags().get(tag.tag()))
        ? nothing()
        : accept(new Change.Tagged(tag.version(), tag.tag(), tag.value()));
  }

  private Decision untag(Untag untag) {
    Optional<RegisteredVersion> version = model.version(untag.version());
    if (version.isEmpty()) {
      return unknown(untag.version());
    }
    return version.get().tags().containsKey(untag.tag())
        ? accept(new Change.Untagged(untag.version(), untag.tag()))
        : nothing();
  }

  private static boolean reserved(String alias) {
    return alias.equals(ModelImage.CHAMPION) || alias.equals(ModelImage.CANDIDATE);
  }

  private boolean isChampion(long number) {
    return model.champion().isPresent() && model.champion().getAsLong() == number;
  }

  private Decision unknown(long number) {
    return new Declined(
        Cause.NOT_FOUND,
        "model '%s' has versions 1 to %d, not %d".formatted(model.name(), model.newest(), number));
  }

  private Decision accept(Change change) {
    return new Accepted(
        List.of(
            new ModelEvent(
                model.name(), caller.at(), caller.actor(), caller.reason(), null, change)));
  }

  private static Decision nothing() {
    return new Accepted(List.of());
  }
}
