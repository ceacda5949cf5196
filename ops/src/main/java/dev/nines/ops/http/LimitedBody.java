package dev.nines.ops.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body into memory, and gives up when it is too long. */
final class LimitedBody implements BodySubscriber<byte[]> {

  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private final long most;
  private Flow.@Nullable Subscription subscription;
  private long seen;

  LimitedBody(long most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription opened) {
    subscription = opened;
    whole.onSubscribe(opened);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    seen += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (seen > most) {
      if (subscription != null) {
        subscription.cancel();
      }
      whole.onError(new IOException("an answer of over " + most + " bytes"));
    } else {
      whole.onNext(buffers);
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.onError(failure);
  }

  @Override
  public void onComplete() {
    whole.onComplete();
  }
}
