package io.engram.cli.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.core.network.NetworkSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a version is written as. */
enum ExportFormat {
  /** NumPy's. */
  NPZ {
    @Override
    void write(JsonNode version, byte[] bytes, OutputStream out) throws IOException {
      Npz.write(version, bytes, out);
    }
  },
  /** A zip that {@code MultiLayerNetwork.load} opens. */
  DL4J {
    @Override
    void write(JsonNode version, byte[] bytes, OutputStream out) throws IOException {
      NetworkSpec network = NetworkSpec.parse(version.path("network").asText());
      Dl4jZip.write(network, theta(version, bytes), out);
    }
  },
  /** The bytes as published. */
  RAW {
    @Override
    void write(JsonNode version, byte[] bytes, OutputStream out) throws IOException {
      out.write(bytes);
    }
  };

  /**
   * Writes a version.
   *
   * @param version as {@code GET …/versions/{version}} answers
   * @param bytes as {@code GET …/parameters} answers
   */
  abstract void write(JsonNode version, byte[] bytes, OutputStream out) throws IOException;

  private static float[] theta(JsonNode version, byte[] bytes) {
    JsonNode first = version.path("tensors").path(0);
    if (!first.path("elementType").asText().equals("FLOAT32")) {
      throw new RegistryCallFailed(
          "only FLOAT32 parameters can be written for DL4J, these are "
              + first.path("elementType").asText());
    }
    float[] theta = new float[first.path("shape").path(0).asInt()];
    ByteBuffer.wrap(bytes, first.path("byteOffset").asInt(), Float.BYTES * theta.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(theta);
    return theta;
  }
}
