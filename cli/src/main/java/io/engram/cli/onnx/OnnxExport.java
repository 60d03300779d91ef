package io.engram.cli.onnx;

import io.engram.client.FewShotConfig;
import io.engram.client.FewShots;
import io.engram.client.Model;
import io.engram.client.SupportSet;
import io.engram.model.Adaptation;
import io.engram.model.SoundVersion;
import io.engram.model.Version;
import io.engram.model.VersionCodec;
import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;

/** Writes a version, as it is or adapted to a few rows, as an ONNX model. */
public final class OnnxExport {

  private OnnxExport() {}

  /**
   * The bytes of the model of a version as it is.
   *
   * @param parameters the version's bytes, as published
   * @throws UnsupportedOperationException if ONNX cannot say what the version computes; the message says what to do instead
   */
  public static byte[] unadapted(ModelManifest manifest, byte[] parameters) {
    Version version = version(manifest, parameters);
    boolean asItIs = version.adaptation() instanceof Adaptation.None;
    // The client's stand-in for a support set, where a version is used without one: one row in the
    // middle of the scale.
    float[] support = new float[asItIs ? version.network().input().size() : 0];
    return OnnxModel.bytes(
        new OnnxSubject(
            version, version.weights().theta(), version.labels().classes(), support, 0));
  }

  /**
   * The bytes of the model adapted to rows. Batch-norm that sees the support set has it inside.
   *
   * @param support rows for one who has read the version
   * @throws UnsupportedOperationException as above
   */
  public static byte[] adapted(ModelManifest manifest, byte[] parameters, Rows support) {
    Version version = version(manifest, parameters);
    try (FewShots fewShots = new FewShots(FewShotConfig.DEFAULT)) {
      Model model = fewShots.model(manifest, () -> Optional.of(parameters)).orElseThrow();
      SupportSet rows = support.of(model);
      FewShots.AdaptedWeights adapted =
          fewShots.weights(model, rows).orElseThrow(OnnxExport::noNetwork);
      return OnnxModel.bytes(
          new OnnxSubject(
              version, adapted.parameters(), adapted.classes(), adapted.support(), rows.size()));
    }
  }

  /** Labeled rows, of the kind that a model predicts. */
  @FunctionalInterface
  public interface Rows {
    SupportSet of(Model model);
  }

  private static Version version(ModelManifest manifest, byte[] parameters) {
    Version version =
        SoundVersion.require(
            manifest, VersionCodec.decode(manifest, VersionCodec.tensors(manifest, parameters)));
    if (version.adaptation() instanceof Adaptation.ByTable) {
      throw noNetwork();
    }
    return version;
  }

  private static UnsupportedOperationException noNetwork() {
    return new UnsupportedOperationException(
        "a model of tables is a pool of experts fitted to each question, and no network that ONNX could hold; "
            + "ask it over HTTP (adapt-and-predict), or export as npz");
  }
}
