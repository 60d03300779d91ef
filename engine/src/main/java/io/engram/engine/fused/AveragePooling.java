package io.engram.engine.fused;

import java.util.Arrays;

/** Mean over windows, per channel. Linear, so its tangents are itself. */
final class AveragePooling implements Operation {

  private final Window window;
  private final int channels;
  private final int inputSize;
  private final int outputSize;
  private final int places;
  private final float weight;

  AveragePooling(Window window) {
    this.window = window;
    this.channels = window.input().channels();
    this.inputSize = window.input().size();
    this.outputSize = window.output().size();
    this.places = outputSize / channels;
    this.weight = 1f / (window.kernel() * window.kernel());
  }

  @Override
  public Frame frame(Frame input) {
    return new Frame();
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    average(in.value, out.value, n);
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      spread(out.gradient, in.gradient, n);
    }
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    average(site.tin.value, site.tout.value, site.examples);
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (intoInput) {
      spread(site.tout.gradient, site.tin.gradient, site.examples);
    }
  }

  private void average(Slab from, Slab to, int n) {
    float[] x = from.readHeap();
    float[] y = to.writeHeap(n * outputSize);
    int next = 0;
    for (int place = 0; place < n * places; place++) {
      int corner = corner(place);
      for (int c = 0; c < channels; c++) {
        y[next++] = weight * sum(x, corner + c);
      }
    }
  }

  private float sum(float[] x, int corner) {
    float sum = 0;
    for (int ky = 0; ky < window.kernel(); ky++) {
      int at = corner + ky * window.input().width() * channels;
      for (int kx = 0; kx < window.kernel(); kx++, at += channels) {
        sum += x[at];
      }
    }
    return sum;
  }

  private void spread(Slab from, Slab to, int n) {
    float[] g = from.readHeap();
    float[] into = to.writeHeap(n * inputSize);
    Arrays.fill(into, 0, n * inputSize, 0f);
    int next = 0;
    for (int place = 0; place < n * places; place++) {
      int corner = corner(place);
      for (int c = 0; c < channels; c++) {
        add(into, corner + c, weight * g[next++]);
      }
    }
  }

  private void add(float[] into, int corner, float share) {
    for (int ky = 0; ky < window.kernel(); ky++) {
      int at = corner + ky * window.input().width() * channels;
      for (int kx = 0; kx < window.kernel(); kx++, at += channels) {
        into[at] += share;
      }
    }
  }

  /** Where the window of an output pixel begins; those of one image follow each other by rows. */
  private int corner(int place) {
    int row = place % places / window.output().width();
    int column = place % window.output().width();
    return place / places * inputSize
        + (window.top(row) * window.input().width() + window.left(column)) * channels;
  }
}
