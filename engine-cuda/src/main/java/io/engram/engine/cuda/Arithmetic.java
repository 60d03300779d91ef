package io.engram.engine.cuda;

/** What products are multiplied with. Each has bits of its own. */
enum Arithmetic {

  /** Single precision, one multiplication after another: what every card can do. */
  SINGLE("product"),

  /**
   * Single precision on tensor cores: each factor is cut into its upper eleven bits and the rest, and three products of such numbers make
   * one. What is left out is below 2⁻²⁰ of a term. From compute capability 8.0 on.
   */
  SPLIT("three"),

  /** Factors rounded to eleven bits, added up in single precision: TF32. From compute capability 8.0 on. */
  TF32("tf32");

  private final String kernels;

  Arithmetic(String kernels) {
    this.kernels = kernels;
  }

  /** What the names of its kernels begin with. */
  String kernels() {
    return kernels;
  }

  boolean onTensorCores() {
    return this != SINGLE;
  }
}
