package io.engram.cli.models;

import io.engram.core.network.NetworkSpec;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The zip that DL4J 1.0.0's {@code MultiLayerNetwork.load(file, false)} opens: its configuration as JSON and its flat parameters, which
 * are ours element for element. Written here, so that nobody has to download 200 MB of ND4J for it; a test has DL4J open it.
 */
final class Dl4jZip {

  private static final int ROW_VECTOR_RANK = 2;

  private Dl4jZip() {}

  /**
   * Writes the zip; the stream stays open.
   *
   * @param parameters [parameters] in the network's layout
   * @throws RegistryCallFailed if the network has a layer that DL4J has not
   */
  static void write(NetworkSpec network, float[] parameters, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry("configuration.json"));
    zip.write(Dl4jConfiguration.of(network).toString().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
    zip.putNextEntry(new ZipEntry("coefficients.bin"));
    DataOutputStream data = new DataOutputStream(zip);
    rowVector(parameters, data);
    data.flush();
    zip.closeEntry();
    zip.finish();
  }

  /** As {@code Nd4j.write} has it: the shape information as a buffer of longs, then the elements, all big-endian. */
  private static void rowVector(float[] values, DataOutputStream data) throws IOException {
    long[] shapeInformation = {
      ROW_VECTOR_RANK, 1, values.length, values.length, 1, FLOAT_ARRAY, 1, ROW_MAJOR
    };
    header(data, shapeInformation.length, "LONG");
    for (long number : shapeInformation) {
      data.writeLong(number);
    }
    header(data, values.length, "FLOAT");
    for (float value : values) {
      data.writeFloat(value);
    }
  }

  /** The bit by which libnd4j knows an array of FLOAT. */
  private static final long FLOAT_ARRAY = 8192;

  private static final long ROW_MAJOR = 'c';

  private static void header(DataOutputStream data, long length, String type) throws IOException {
    data.writeUTF("MIXED_DATA_TYPES");
    data.writeLong(length);
    data.writeUTF(type);
  }
}
