package io.engram.modelregistry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.modelregistry.Candidates;
import io.engram.modelregistry.gate.Decision.Accepted;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.modelregistry.image.Reign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens in whatever order, the image keeps its promises, and replaying the events makes it again. */
class RandomHistoryTest {

  private static final String MODEL = "m";

  private final Candidates candidates = new Candidates(MODEL);
  private final ParameterRetention retention = new ParameterRetention(3, 2);

  @Property(tries = 300)
  void thePromisesHoldAfterEveryStep(@ForAll long seed) {
    Random random = new Random(seed);
    CandidateJudge admission =
        new CandidateJudge(
            PromotionPolicy.parse(random.nextBoolean() ? "always" : "not-worse(0.1) spaced(50)"));
    RegistryImage image = RegistryImage.EMPTY;
    List<ModelEvent> log = new ArrayList<>();
    for (int step = 0; step < 60; step++) {
      Instant now = Instant.ofEpochMilli(1_000L * step);
      List<ModelEvent> events = new ArrayList<>();
      if (random.nextInt(3) > 0) {
        events.addAll(arrival(admission, image, random, now));
      } else {
        RegistryRequest wanted = operation(random, image.modelOrEmpty(MODEL).newest());
        Decision decision =
            RequestDecisions.decide(image, MODEL, wanted, new Caller("ann", "because", now));
        if (decision instanceof Accepted accepted) {
          events.addAll(accepted.events());
        }
      }
      RegistryImage decided = image.apply(events);
      retention.prune(decided.modelOrEmpty(MODEL), now).ifPresent(events::add);
      RegistryImage after = image.apply(events);
      promises(image.modelOrEmpty(MODEL), after.modelOrEmpty(MODEL), events);
      log.addAll(events);
      image = after;
    }
    assertThat(RegistryImage.EMPTY.apply(log)).isEqualTo(image);
    assertThat(image.modelOrEmpty(MODEL).history()).isEqualTo(log);
  }

  private List<ModelEvent> arrival(
      CandidateJudge admission, RegistryImage image, Random random, Instant now) {
    long newest = image.modelOrEmpty(MODEL).newest();
    boolean again = newest > 0 && random.nextInt(5) == 0;
    long n = again ? 1 + random.nextLong(newest) : newest + 1;
    // The learner goes on from its last candidate, starts anew from an older one, or from nothing.
    Random own = new Random(n);
    String parent = n == 1 || own.nextInt(8) == 0 ? null : "c" + (1 + own.nextLong(n - 1));
    var candidate = candidates.candidate("c" + n, parent, 40 * n, own.nextDouble(), 8);
    return admission.admit(image, candidate.manifest(), new CandidatePosition(0, 2 * n), now);
  }

  private static RegistryRequest operation(Random random, long newest) {
    long version = random.nextLong(newest + 2);
    return switch (random.nextInt(9)) {
      case 0 -> new RegistryRequest.Promote(version);
      case 1 -> new RegistryRequest.RollBack();
      case 2 -> new RegistryRequest.RollBackTo(version);
      case 3 -> new RegistryRequest.SetAlias("a" + random.nextInt(3), version);
      case 4 -> new RegistryRequest.RemoveAlias("a" + random.nextInt(3));
      case 5 -> new RegistryRequest.Pin();
      case 6 -> new RegistryRequest.Unpin();
      case 7 -> new RegistryRequest.Tag(version, "note", "n" + random.nextInt(2));
      default -> new RegistryRequest.Untag(version, "note");
    };
  }

  private static void promises(ModelImage before, ModelImage after, List<ModelEvent> events) {
    for (int v = 1; v <= after.newest(); v++) {
      assertThat(after.require(v).version()).isEqualTo(v);
      assertThat(after.candidate(after.require(v).candidateId())).contains(after.require(v));
    }
    for (RegisteredVersion old : before.versions()) {
      assertThat(after.require(old.version()).manifest()).isSameAs(old.manifest());
    }
    assertThat(after.champion().isPresent()).isEqualTo(!after.reigns().isEmpty());
    if (after.champion().isPresent()) {
      assertThat(after.championVersion().orElseThrow().parametersKept()).isTrue();
      assertThat(after.withdrawn()).doesNotContain(after.champion().getAsLong());
    }
    after.aliases().values().forEach(v -> assertThat(after.require(v).parametersKept()).isTrue());
    assertThat(after.versions().stream().filter(RegisteredVersion::parametersKept).count())
        .isLessThanOrEqualTo(3 + 2 + 1 + after.aliases().size());
    assertThat(after.reigns().subList(0, before.reigns().size())).isEqualTo(before.reigns());
    if (before.pinned() && after.pinned()) {
      assertThat(after.champion()).isEqualTo(before.champion());
    }
    for (ModelEvent event : events) {
      if (event.change() instanceof Change.Promoted promoted
          && event.actor().equals(ModelEvent.GATE)) {
        assertThat(after.ancestry(after.require(promoted.version())))
            .as("the gate promotes nothing of a withdrawn line")
            .noneMatch(ancestor -> before.withdrawn().contains(ancestor.version()));
      }
    }
    assertThat(after.reigns()).extracting(Reign::since).isSorted();
  }
}
