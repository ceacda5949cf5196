package dev.nines.messaging;

import java.util.List;

/**
 * How the headers of one kind of message are read and written: Kafka's headers, AMQP's header table, JMS's properties. Either
 * method may throw what the client library throws; the message then goes its way without a trace, and that is counted.
 *
 * <p>Must be thread-safe if the {@link MessageTrace} that uses it is shared.
 *
 * @param <M> what has headers
 */
public interface MessageHeaders<M> {

  /** Returns all values of a header, in order; empty if there is none. Names are in lower case. */
  List<String> values(M message, String name) throws Exception;

  /** Sets a header, in place of all of that name. */
  void set(M message, String name, String value) throws Exception;
}
