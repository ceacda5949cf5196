package dev.nines.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import dev.nines.Nines;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.examples.faults.FaultProxy;
import dev.nines.health.HealthEndpoints;
import dev.nines.health.checks.Checks;
import dev.nines.health.checks.PoolChecks;
import dev.nines.http.Routes;
import dev.nines.logging.JsonLogging;
import dev.nines.metrics.GoldenSignals;
import dev.nines.metrics.watch.Watch;
import dev.nines.targets.ReliabilityTargets;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.util.Map;
import javax.sql.DataSource;

/** The order service, put together. */
final class Quickstart {

  /** Share of the pool that may be in use before health says that it gets narrow. */
  private static final BigDecimal POOL_TARGET = new BigDecimal("0.9");

  private final Resources resources;
  private final HttpServer server;
  private final PaymentsService payments;
  private final FaultProxy proxy;
  private final HikariDataSource pool;

  /** Opens what the service needs: ports first, for a taken one is the commonest mistake. */
  private Quickstart(Config config, Resources resources) {
    this.resources = resources;
    server = Servers.listen("orders", new InetSocketAddress(config.port()), "PORT");
    resources.open(() -> () -> Servers.stop(server));
    payments = resources.open(() -> PaymentsService.on(config.paymentsPort()));
    DatabaseUrl url = config
        .databaseUrl()
        .orElseGet(() -> resources.open(EmbeddedDatabase::start).url());
    Database.prepare(url);
    proxy = resources.open(() -> FaultProxy.before(url.host(), url.port()));
    pool = resources.open(() -> Database.pool(url.at("localhost", proxy.port())));
  }

  /**
   * Starts everything, and returns a guide to it. It ends with the JVM: Nines lets the requests under way finish, and then
   * closes the rest.
   *
   * @throws RuntimeException if something is missing, taken or malformed; the message names what to change
   */
  static Guide start(Config config) {
    ReliabilityTargets targets = ReliabilityTargets.load();
    Resources resources = new Resources();
    try {
      return new Quickstart(config, resources).start(targets, config.adminPort());
    } catch (RuntimeException failed) {
      resources.close();
      throw failed;
    }
  }

  private Guide start(ReliabilityTargets targets, int adminPort) {
    GoldenSignals signals = GoldenSignals.prometheus();
    DataSource orders = signals.watch(Watch.jdbc("orders-db", pool));
    Nines nines = Nines.builder("orders")
        .targets(targets)
        .dependency(Dependency.required("orders-db", PoolChecks.database(pool)))
        .dependency(Dependency.optional("payments", Checks.http(payments.uri().resolve("/status"))))
        .install(JsonLogging.toStdout())
        .install(signals)
        .install(
            HealthEndpoints.standard().instance("orders-pool", PoolChecks.pool(pool, POOL_TARGET)))
        .admin(AdminServer.onPort(adminPort))
        .closing("resources", resources)
        .start();
    resources.handOver();
    payments.start();

    Router router = routes(nines, orders);
    nines.http().install(server, Routes.of(router.routes())).createContext("/", router);
    server.start();
    return new Guide(
        server.getAddress().getPort(),
        nines.adminPort().orElseThrow(),
        payments.uri().getPort());
  }

  private Router routes(Nines nines, DataSource database) {
    PaymentsClient client = new PaymentsClient(nines.guard("payments"), payments.uri());
    client.warmUp();
    OrderHandlers orders = new OrderHandlers(new OrderService(
        new OrderStore(database), nines.guard("orders-db"), client, nines.metrics()));
    Playground playground = new Playground();
    Chaos chaos = new Chaos(Map.of("payments", payments::fault, "orders-db", proxy::fault));
    Relay relay = new Relay(nines.openTelemetry());
    return new Router()
        .on("GET /orders/{id}", orders::find)
        .on("POST /orders", orders::place)
        .on("GET /hello", playground::hello)
        .on("GET /fail", playground::fail)
        .on("GET /slow", playground::slow)
        .on("POST /log", playground::log)
        .on("POST /test", relay::test)
        .on("POST /chaos/{dependency}", chaos::set);
  }
}
