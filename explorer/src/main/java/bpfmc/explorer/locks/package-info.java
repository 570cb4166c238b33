/**
 * Whether lock implementations do what {@code specification} takes for granted: mutual exclusion, no deadlock, every waiter
 * released, and first come first served where promised.
 *
 * <pre>
 * LockScenario   which agents take which locks where, what may interrupt
 * LockSystem     the step machines of {@link bpfmc.model.lock} times CPUs times contexts: a transition system
 * LockCheck      explores a scenario: a verdict, and the shortest run that goes wrong
 * </pre>
 */
package bpfmc.explorer.locks;
