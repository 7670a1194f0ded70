/** Meters of a search, bound to Micrometer, and their exposition to Prometheus. */
@NullMarked
package dev.troupe.monitoring;

import org.jspecify.annotations.NullMarked;
