/** Tests of the strategies that promote trials. */
@NullMarked
package dev.troupe.strategy.multifidelity;

import org.jspecify.annotations.NullMarked;
