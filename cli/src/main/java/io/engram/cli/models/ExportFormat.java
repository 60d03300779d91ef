package io.engram.cli.models;

import io.engram.cli.adapt.FewShotSupport;
import io.engram.cli.onnx.OnnxExport;
import io.engram.client.AdaptationException;
import io.engram.core.network.NetworkSpec;
import io.engram.model.VersionCodec;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ModelManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** What a version is written as. */
enum ExportFormat {
  /** NumPy's. */
  NPZ {
    @Override
    void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException {
      Npz.write(version, bytes, out);
    }
  },
  /** A zip that {@code MultiLayerNetwork.load} opens. */
  DL4J {
    @Override
    void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException {
      NetworkSpec network = NetworkSpec.parse(version.getNetwork());
      Dl4jZip.write(network, theta(version, bytes), out);
    }
  },
  /** For ONNX runtimes. */
  ONNX {
    @Override
    void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException {
      try {
        out.write(OnnxExport.unadapted(version, bytes));
      } catch (UnsupportedOperationException e) {
        throw new RegistryCallFailed(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    void write(ModelManifest version, byte[] bytes, FewShotSupport support, OutputStream out)
        throws IOException {
      try {
        out.write(OnnxExport.adapted(version, bytes, support::of));
      } catch (UnsupportedOperationException | AdaptationException | IllegalArgumentException e) {
        throw new RegistryCallFailed(String.valueOf(e.getMessage()), e);
      }
    }
  },
  /** The bytes as published. */
  RAW {
    @Override
    void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException {
      out.write(bytes);
    }
  };

  /**
   * Writes a version.
   *
   * @param version what is known of it
   * @param bytes as {@code GET …/parameters} answers
   */
  abstract void write(ModelManifest version, byte[] bytes, OutputStream out) throws IOException;

  /**
   * Writes a version adapted to rows.
   *
   * @throws RegistryCallFailed where the format has only versions as they are, or the rows do not fit
   */
  void write(ModelManifest version, byte[] bytes, FewShotSupport support, OutputStream out)
      throws IOException {
    throw new RegistryCallFailed(
        "--support: only onnx has adapted models; '%s' is written as published"
            .formatted(name().toLowerCase(Locale.ROOT)));
  }

  private static float[] theta(ModelManifest version, byte[] bytes) {
    ElementType type = version.getTensors().get(0).getElementType();
    if (type != ElementType.FLOAT32) {
      throw new RegistryCallFailed(
          "only FLOAT32 parameters can be written for DL4J, these are " + type);
    }
    return VersionCodec.theta(version, bytes);
  }
}
