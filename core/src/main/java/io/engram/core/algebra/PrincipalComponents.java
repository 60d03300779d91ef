package io.engram.core.algebra;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The directions in which points differ most (Pearson 1901): eigenvectors of their covariance, by Jacobi's rotations. For a few dozen
 * dimensions.
 */
public final class PrincipalComponents {

  private static final int MOST_SWEEPS = 60;
  private static final double SMALL = 1e-22;

  private PrincipalComponents() {}

  /**
   * Where points lie along those directions, seen from their mean. A direction points to where its largest entry is positive, so that the
   * same points always give the same picture; one in which nothing differs has zeros.
   *
   * @param points [points × dimensions], all finite
   * @param count directions wanted, the one of the largest variance first
   * @return [points × count]
   * @throws IllegalArgumentException if a number is not finite
   */
  public static double[][] project(float[][] points, int count) {
    double[][] projected = new double[points.length][count];
    if (points.length == 0) {
      return projected;
    }
    double[][] centred = centred(points);
    double[][] directions = directions(covariance(centred), count);
    for (int i = 0; i < centred.length; i++) {
      for (int c = 0; c < directions.length; c++) {
        projected[i][c] = Vectors.dot(centred[i], directions[c]);
      }
    }
    return projected;
  }

  private static double[][] centred(float[][] points) {
    int dimensions = points[0].length;
    double[] mean = new double[dimensions];
    for (float[] point : points) {
      for (int d = 0; d < dimensions; d++) {
        if (!Float.isFinite(point[d])) {
          throw new IllegalArgumentException("a point has " + point[d] + " at " + d);
        }
        mean[d] += (double) point[d] / points.length;
      }
    }
    double[][] centred = new double[points.length][dimensions];
    for (int i = 0; i < points.length; i++) {
      for (int d = 0; d < dimensions; d++) {
        centred[i][d] = points[i][d] - mean[d];
      }
    }
    return centred;
  }

  private static double[][] covariance(double[][] centred) {
    int dimensions = centred[0].length;
    double[][] covariance = new double[dimensions][dimensions];
    for (double[] point : centred) {
      for (int a = 0; a < dimensions; a++) {
        for (int b = 0; b < dimensions; b++) {
          covariance[a][b] += point[a] * point[b] / centred.length;
        }
      }
    }
    return covariance;
  }

  /** The eigenvectors of the largest eigenvalues, as rows; at most as many as there are dimensions. */
  private static double[][] directions(double[][] matrix, int count) {
    int n = matrix.length;
    double[][] vectors = new double[n][n];
    for (int i = 0; i < n; i++) {
      vectors[i][i] = 1;
    }
    double whole = squares(matrix, true);
    for (int sweep = 0; sweep < MOST_SWEEPS && squares(matrix, false) > SMALL * whole; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(matrix, vectors, p, q);
        }
      }
    }
    return IntStream.range(0, n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -matrix[i][i]))
        .limit(count)
        .map(i -> upright(vectors[i]))
        .toArray(double[][]::new);
  }

  /** Sum of squares beside the diagonal, and on it where wanted. */
  private static double squares(double[][] matrix, boolean diagonal) {
    double sum = 0;
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        sum += i == j && !diagonal ? 0 : matrix[i][j] * matrix[i][j];
      }
    }
    return sum;
  }

  /** Turns the plane of two axes until the entry between them is 0 (Golub &amp; Van Loan, section 8.5). */
  private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
    if (matrix[p][q] == 0) {
      return;
    }
    double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
    double tangent = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(theta, 1));
    double cosine = 1 / Math.hypot(tangent, 1);
    double sine = tangent * cosine;
    for (int k = 0; k < matrix.length; k++) {
      double a = matrix[k][p];
      double b = matrix[k][q];
      matrix[k][p] = cosine * a - sine * b;
      matrix[k][q] = sine * a + cosine * b;
    }
    turn(matrix, p, q, cosine, sine);
    turn(vectors, p, q, cosine, sine);
  }

  private static void turn(double[][] rows, int p, int q, double cosine, double sine) {
    for (int k = 0; k < rows.length; k++) {
      double a = rows[p][k];
      double b = rows[q][k];
      rows[p][k] = cosine * a - sine * b;
      rows[q][k] = sine * a + cosine * b;
    }
  }

  private static double[] upright(double[] direction) {
    int largest = 0;
    for (int i = 1; i < direction.length; i++) {
      largest = Math.abs(direction[i]) > Math.abs(direction[largest]) ? i : largest;
    }
    return direction[largest] < 0
        ? Arrays.stream(direction).map(it -> -it).toArray()
        : direction.clone();
  }
}
