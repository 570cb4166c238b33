/**
 * What a run knows, and what it does to what is its own.
 *
 * <pre>
 *   Machine        a private state being worked on; PrivateState the same, frozen; RunConfig what its code refers to
 *     Frame, Progress, PacketState, StoredProvenance, WalkState   parts of it
 *   MemoryAccess   loads, stores, atomics: at once on private memory, a stop on elements
 *   ArgumentMemory memory behind a call's arguments
 *   Arithmetic, PointerArithmetic, Addresses, Provenance, ClockSamples, CurrentTask, Determined
 *   Exports        unknowns that leave the run get lasting names; Renamed other runs', CPUs' and elements' numbers
 *   Invalidation   what other runs' steps mean to what this run remembers
 *   VerifierState, PathHistory   what the verifier keeps besides, when a program runs alone
 * </pre>
 */
package bpfmc.model.machine;
