package io.engram.ingest.boundary;

/** How changes are found. */
public enum DetectorKind {
  /** Adaptive windowing: Bifet and Gavaldà 2007. */
  ADWIN,
  /** The test of Page 1954 and Hinkley 1971. */
  PAGE_HINKLEY,
  /** Kolmogorov–Smirnov windowing: Raab, Heusinger and Schleif 2020. */
  KSWIN,
  /** Bayesian online change-point detection: Adams and MacKay 2007. It looks at features and labels themselves. */
  BAYES
}
