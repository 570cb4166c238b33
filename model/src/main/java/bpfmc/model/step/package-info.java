/**
 * The alphabet: what a run can do that others may notice, and what it is answered. What interpreter, memory, properties and reductions
 * share, and nothing more.
 *
 * <pre>
 *   VisibleOperation = Access | Acquire | Release | MapOperation | TimerOperation | ReadClock | Toggle | Start | End | Unsupported | ...
 *   Answer           = None | Of(value, what is learned) | Bytes | Bound(element) | Underway(operation)
 *   HeldLock, CpuFlags, SharedLoad, MissedLookup, StaleClockSample: what a run keeps of the steps it has made
 * </pre>
 *
 * No step performs anything: what it means is said by package {@code memory}.
 */
package bpfmc.model.step;
