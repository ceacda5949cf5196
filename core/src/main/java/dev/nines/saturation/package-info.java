/**
 * How full the resources of this process are: processor time, memory, heap, collector, disk, files, threads, against the
 * limit that will really stop it. In a container that limit is the control group's, not the machine's.
 *
 * <p>{@link dev.nines.saturation.Saturation} reads control groups of version 2 and 1, takes the limits of all enclosing
 * groups into account, and falls back to the machine where no group sets a limit. What the JVM says of the container
 * changes its meaning from one JDK to the next, therefore the kernel is asked.
 *
 * <pre>{@code
 * Saturation saturation = Saturation.system(TimeSource.system());
 * saturation.memory().ifPresent(memory -> warnAbove(0.8, memory.share()));
 * }</pre>
 *
 * @see <a href="https://github.com/micrometer-metrics/micrometer/issues/2944">how the JDK's processor load changed</a>
 */
@NullMarked
package dev.nines.saturation;

import org.jspecify.annotations.NullMarked;
