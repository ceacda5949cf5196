/**
 * Grafana: a dashboard of one service, and one of all services. Their queries are built from the catalogue of metrics, so
 * that a metric that is renamed is renamed here, too.
 */
@NullMarked
package dev.nines.ops.grafana;

import org.jspecify.annotations.NullMarked;
