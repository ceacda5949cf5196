package dev.nines.http;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Tells a callback, in the context of whoever handed it in, how a call ended. */
record OkHttpCallback(Call call, Callback callback, Context context) {

  private static final System.Logger LOG = System.getLogger("dev.nines.http");

  /** Never throws: what the callback throws is logged, for there is nobody else to hear it. */
  void call(@Nullable Response response, @Nullable Throwable thrown) {
    try (Scope scope = context.makeCurrent()) {
      if (response != null) {
        callback.onResponse(call, response);
      } else {
        callback.onFailure(call, failure(thrown));
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "A callback of OkHttp failed", e);
    }
  }

  private static IOException failure(@Nullable Throwable thrown) {
    if (thrown instanceof IOException io) {
      return io;
    }
    if (thrown instanceof CancellationException && thrown.getCause() instanceof IOException io) {
      return io;
    }
    return new IOException(thrown == null ? "no answer" : thrown.getMessage(), thrown);
  }
}
