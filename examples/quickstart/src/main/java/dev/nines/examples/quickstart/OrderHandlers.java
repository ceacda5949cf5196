package dev.nines.examples.quickstart;

import java.io.IOException;

/** The routes of orders: reads what the client wants, and answers with what became of it. */
final class OrderHandlers {

  private final OrderService orders;

  OrderHandlers(OrderService orders) {
    this.orders = orders;
  }

  /** {@code POST /orders} with {@code {"item":"book","cents":1999}}. */
  Answer place(Request request) throws IOException, InterruptedException {
    return Answer.json(201, orders.place(NewOrder.from(request.json())));
  }

  /** {@code GET /orders/{id}}. */
  Answer find(Request request) {
    long id = request.id("id");
    return orders
        .find(id)
        .map(order -> Answer.json(200, order))
        .orElseThrow(() -> Problem.notFound("no order " + id));
  }
}
