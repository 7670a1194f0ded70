/** Tests of what benchmarks count. */
@NullMarked
package dev.troupe.benchmarks;

import org.jspecify.annotations.NullMarked;
