/** The strategy SPI: pure search algorithms that propose candidates and learn from outcomes. */
@NullMarked
package dev.troupe.strategy;

import org.jspecify.annotations.NullMarked;
