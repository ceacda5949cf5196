/**
 * How a service did over a week or a month, against what it promised: {@link dev.nines.ops.report.ServiceReports} reads it out
 * of a Prometheus, {@link dev.nines.ops.report.ServiceReport} has the numbers, and shows them as Markdown, JSON and one HTML
 * page that needs nothing else.
 *
 * <p>An incident is a time in which no instance was ready, or in which so many requests failed that the first page tier of the
 * burn-rate alerts was passed. A deployment is a version that appears in {@code nines_build_info}; what became of it say the
 * reports that {@code nines watch} wrote, if a directory of them is given, and otherwise the versions themselves: one that
 * goes away while a former one stays or comes back was rolled back.
 */
@NullMarked
package dev.nines.ops.report;

import org.jspecify.annotations.NullMarked;
