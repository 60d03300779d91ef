package io.engram.cli.role;

import io.engram.client.Study;
import io.engram.client.VersionStudy;
import io.engram.modelregistry.page.Studied;
import io.engram.modelregistry.page.VersionStudies;
import io.engram.schemas.Assembly;
import io.engram.schemas.avro.ModelManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The page's studies are the client's: a version adapts as a program with the library adapts it. For one thread at a time. */
public final class ClientStudies implements VersionStudies {

  private final Supplier<VersionStudy> opening;
  private @Nullable VersionStudy opened;

  /**
   * Opens nothing before somebody looks.
   *
   * @param opening opens what studies; closed with this
   */
  public ClientStudies(Supplier<VersionStudy> opening) {
    this.opening = opening;
  }

  @Override
  public Studied study(long version, ModelManifest manifest, byte[] parameters) {
    VersionStudy with = opened;
    if (with == null) {
      with = opening.get();
      opened = with;
    }
    Study study = with.study(new Assembly.Complete(manifest, parameters));
    return new Studied(
        version,
        study.tasks(),
        curve(study.rows()),
        curve(study.steps()),
        study.places().stream()
            .map(it -> new Studied.Place(it.key(), it.x(), it.y(), known(it.score())))
            .toList());
  }

  private static Studied.@Nullable Curve curve(Optional<Study.Curve> drawn) {
    if (drawn.isEmpty()) {
      return null;
    }
    Study.Curve curve = drawn.get();
    return new Studied.Curve(
        curve.x(),
        known(curve.model()),
        known(curve.untrained()),
        curve.simple().map(it -> it.column().key()).orElse(""),
        curve.simple().map(it -> known(it.score())).orElse(List.of()));
  }

  private static List<@Nullable Double> known(List<Double> scores) {
    List<@Nullable Double> known = new ArrayList<>();
    scores.forEach(it -> known.add(known((double) it)));
    return known;
  }

  private static @Nullable Double known(double score) {
    return Double.isFinite(score) ? score : null;
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
