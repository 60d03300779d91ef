package io.engram.servicekit.http;

/** A request that is not carried out. The message is for the caller's eyes. */
public final class HttpRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** A refusal of a status from 400 on. */
  public HttpRefusal(int status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  static HttpRefusal malformed(String detail) {
    return new HttpRefusal(400, detail);
  }

  static HttpRefusal busy() {
    return new HttpRefusal(503, "too many requests at the same time; try again");
  }

  /** The status of the answer. */
  public int status() {
    return status;
  }
}
