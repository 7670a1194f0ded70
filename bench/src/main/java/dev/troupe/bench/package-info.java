/**
 * Search quality as a number: problems with known answers, runs of several strategies over paired
 * seeds, recorded runs of other systems beside them, their statistics, tables and plots; and the
 * replay of a finished study's trials.
 */
@NullMarked
package dev.troupe.bench;

import org.jspecify.annotations.NullMarked;
