/**
 * Search spaces: parameters, conditions, constraints, configurations, the encoding to the unit
 * cube, and the three ways to build a space (fluent, HOCON, records).
 */
@NullMarked
package dev.troupe.space;

import org.jspecify.annotations.NullMarked;
