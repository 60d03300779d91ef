package io.engram.modelregistry.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body as text, up to a length; beyond it the answer is given up. */
final class BoundedText implements BodySubscriber<String> {

  private final int mostBytes;
  private final CompletableFuture<String> text = new CompletableFuture<>();
  private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
  private Flow.@Nullable Subscription subscription;

  BoundedText(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public CompletionStage<String> getBody() {
    return text;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      if (taken.size() + bytes.length > mostBytes) {
        text.completeExceptionally(
            new IOException("it says more than %d bytes".formatted(mostBytes)));
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      taken.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable failure) {
    text.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    text.complete(taken.toString(StandardCharsets.UTF_8));
  }
}
