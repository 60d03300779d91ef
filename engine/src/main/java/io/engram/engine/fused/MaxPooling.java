package io.engram.engine.fused;

import java.util.Arrays;

/** Maximum over windows, per channel; of equal values the first counts. NaN wins, so that it is not hidden. */
final class MaxPooling implements Operation {

  private final Window window;
  private final int channels;
  private final int inputSize;
  private final int outputSize;

  MaxPooling(Window window) {
    this.window = window;
    this.channels = window.input().channels();
    this.inputSize = window.input().size();
    this.outputSize = window.output().size();
  }

  @Override
  public Frame frame(Frame input) {
    return new State();
  }

  @Override
  public void forward(Frame in, Frame out, Parameters w, int n) {
    float[] x = in.value.readHeap();
    float[] y = out.value.writeHeap(n * outputSize);
    int[] winner = ((State) out).reserve(n * outputSize);
    int to = 0;
    for (int image = 0; image < n; image++) {
      for (int row = 0; row < window.output().height(); row++) {
        for (int column = 0; column < window.output().width(); column++) {
          int corner =
              image * inputSize
                  + (window.top(row) * window.input().width() + window.left(column)) * channels;
          for (int c = 0; c < channels; c++) {
            int best = best(x, corner + c);
            winner[to] = best;
            y[to++] = x[best];
          }
        }
      }
    }
  }

  private int best(float[] x, int corner) {
    int best = corner;
    for (int ky = 0; ky < window.kernel(); ky++) {
      int at = corner + ky * window.input().width() * channels;
      for (int kx = 0; kx < window.kernel(); kx++, at += channels) {
        if (x[at] > x[best] || Float.isNaN(x[at])) {
          best = at;
        }
      }
    }
    return best;
  }

  @Override
  public void backward(Frame in, Frame out, Parameters w, Sink sink, int n, boolean intoInput) {
    if (intoInput) {
      scatter(out, in, (State) out, n);
    }
  }

  @Override
  public void forwardTangent(TangentSite site, Parameters w, Parameters u) {
    int n = site.examples;
    float[] tx = site.tin.value.readHeap();
    float[] ty = site.tout.value.writeHeap(n * outputSize);
    int[] winner = ((State) site.out).winner;
    for (int i = 0; i < n * outputSize; i++) {
      ty[i] = tx[winner[i]];
    }
  }

  @Override
  public void backwardTangent(
      TangentSite site, Parameters w, Parameters u, Sink sink, boolean intoInput) {
    if (intoInput) {
      scatter(site.tout, site.tin, (State) site.out, site.examples);
    }
  }

  private void scatter(Frame from, Frame to, State state, int n) {
    float[] g = from.gradient.readHeap();
    float[] into = to.gradient.writeHeap(n * inputSize);
    Arrays.fill(into, 0, n * inputSize, 0f);
    for (int i = 0; i < n * outputSize; i++) {
      into[state.winner[i]] += g[i];
    }
  }

  private static final class State extends Frame {
    int[] winner = new int[0];

    @Override
    long bytes() {
      return super.bytes() + (long) Integer.BYTES * winner.length;
    }

    int[] reserve(int size) {
      if (winner.length < size) {
        winner = new int[size];
      }
      return winner;
    }
  }
}
