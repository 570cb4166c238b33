/**
 * Executions as graphs: which ones a memory model allows.
 *
 * <pre>
 * Program       threads as functions from answers to events
 * Graph         the part of an execution that has been decided; Relation, a row of bits a event
 * Model, Axiom  which graphs there may be; Relations, what axioms are made of; BpfOrder, the two orders of the BPF model
 * Expansion     the step of the exploration; Exploration, all of them
 * </pre>
 *
 * It knows neither litmus files nor objects.
 */
package bpfmc.explorer.axiomatic;
