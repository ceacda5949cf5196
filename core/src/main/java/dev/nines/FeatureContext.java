package dev.nines;

import dev.nines.budget.ErrorBudget;
import dev.nines.dependency.CallListener;
import dev.nines.dependency.Dependencies;
import dev.nines.derive.Settings;
import dev.nines.endpoint.Endpoint;
import dev.nines.lifecycle.CloseStage;
import dev.nines.lifecycle.Lifecycle;
import dev.nines.lifecycle.StartCondition;
import dev.nines.lifecycle.WarmUps;
import dev.nines.meter.ServiceMetrics;
import dev.nines.request.RequestListener;
import dev.nines.request.RouteTable;
import dev.nines.request.Tenants;
import dev.nines.telemetry.EventBus;
import dev.nines.telemetry.Instruments;
import dev.nines.telemetry.ServiceIdentity;
import dev.nines.time.TimeSource;
import dev.nines.trace.Tracing;
import java.util.Map;
import java.util.Optional;

/** What a feature may read, and what it may hook into, while it is installed. */
public interface FeatureContext {

  ServiceIdentity identity();

  /** Returns all that follows from the declaration, the declaration included. */
  Settings settings();

  TimeSource time();

  /** Returns the environment's variables, the process's own as a rule. */
  Map<String, String> environment();

  /** Returns where to publish instruments, and where to find those of others. */
  Instruments instruments();

  /** Returns the service's own metrics. */
  ServiceMetrics metrics();

  /** Returns where to publish events, and where to listen to those of others. */
  EventBus events();

  Lifecycle lifecycle();

  Dependencies dependencies();

  RouteTable routes();

  /** Returns how requests tell their tenant; empty where that is off. */
  Optional<Tenants> tenants();

  ErrorBudget budget();

  Tracing tracing();

  /** Hears of each request: budget first, then in this order of stages whatever the order of installation. */
  void onRequest(Stage stage, RequestListener listener);

  /** Hears of each guarded call. */
  void onCall(CallListener listener);

  /** Serves an endpoint; a path that is taken is refused. */
  void endpoint(Endpoint endpoint);

  /** Returns the tasks that run before the instance is ready. */
  WarmUps warmUps();

  /** Holds the start back until something is there that the service cannot start without. */
  void startAfter(StartCondition condition);

  /** Runs once all features are installed, before what the start waits for. */
  void onStart(Runnable action);

  /** Closes something at that stage of the graceful shutdown. */
  void onClose(CloseStage stage, String name, AutoCloseable closeable);

  /** The order in which listeners hear of a request. */
  enum Stage {
    METRICS,
    LOGGING,
    USER
  }
}
