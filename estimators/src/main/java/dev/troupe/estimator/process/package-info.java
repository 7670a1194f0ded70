/**
 * The {@code process} estimator: any program that reads a line of JSON and writes lines of JSON.
 *
 * <p>The program gets one line {@code {"trial":n,"configuration":{…},"fidelity":{…},"seed":n}} on
 * its standard input, with a key {@code
 * "weights":{"from":"checkpoint"|"parent"|"partial","trial":n}} where it should go on from what
 * that trial left; a program that keeps nothing ignores it. It writes one line {@code
 * {"step":n,"metrics":{…}}} per measurement to its standard output, the last of which is its
 * result, and after each it may read a line {@code {"verdict":"continue"|"pause"|"stop"}}. Exit
 * status 0 ends the trial well; anything else fails it with the end of its standard error.
 *
 * <p>In detail:
 *
 * <ul>
 *   <li>Lines are UTF-8 and at most 1 MiB long; blank ones are passed over. Anything else that is
 *       not as above fails the trial: what is meant for people goes to standard error.
 *   <li>Steps are whole numbers that ascend. A line without a step is the result and the last line.
 *   <li>{@code "metrics"} may be left out: {@code {"loss":0.3}} is {@code
 *       {"metrics":{"loss":0.3}}}.
 *   <li>A metric is a number or a list of numbers. {@code NaN}, {@code Infinity}, {@code -Infinity}
 *       and {@code null} (for NaN) are numbers that are not finite.
 *   <li>After a stop or a pause standard input ends, the exit status does not count, and the
 *       program has a grace to end in. Standard input stays open until then, so that a program
 *       which reads it to its end would wait for ever: for such, {@code verdicts = false} closes it
 *       after the request.
 *   <li>Where checkpoints are kept, the request has a key {@code "checkpoint":"path"}. The program
 *       may write a file of that name and then the line {@code {"checkpoint":n}}, where n is the
 *       step it has come to; that line is answered by a verdict like any other, and until then the
 *       file must stay as it is. If the attempt is lost, the next request has a key {@code
 *       "resume":{"step":n,"path":"path"}} with the newest such file, and the program goes on with
 *       the steps after n.
 *   <li>The trial ends with the program: what it started and left running is killed.
 * </ul>
 */
@NullMarked
package dev.troupe.estimator.process;

import org.jspecify.annotations.NullMarked;
