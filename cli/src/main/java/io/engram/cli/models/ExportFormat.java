package io.engram.cli.models;

import io.engram.core.network.NetworkSpec;
import io.engram.model.VersionCodec;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.ModelManifest;
import java.io.IOException;
import java.io.OutputStream;

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

  private static float[] theta(ModelManifest version, byte[] bytes) {
    ElementType type = version.getTensors().get(0).getElementType();
    if (type != ElementType.FLOAT32) {
      throw new RegistryCallFailed(
          "only FLOAT32 parameters can be written for DL4J, these are " + type);
    }
    return VersionCodec.theta(version, bytes);
  }
}
