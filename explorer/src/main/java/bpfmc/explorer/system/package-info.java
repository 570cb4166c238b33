/**
 * The transition system of a scenario: the only place where model and space meet.
 *
 * <pre>
 * Systems        makes a scenario's system, wide enough and with the contents of maps that matter
 * BpfSystem      the system, as searches, properties and reports see it; made of:
 *   Dictionary     value to number, number to value, which component of a state vector holds what (StateLayout)
 *   Automata       each agent's automaton, and its nodes (Node, NodeTable)
 *   CpuScheduler   who has the CPU
 *   SilentSteps    operations that are no steps, and so where runs begin
 *   StepTable      in which ways an agent's step can come out (Effect), computed once for each node and component
 *   Steps          takes them: writes the successor's vector, tells the other agents, forgets names
 *   MemoryView     the shared memory of a state, as the model's operations see it
 *   EarlyReads     whether anybody can notice a read that comes before others see what a helper has changed (total store order)
 * Snapshot, Run  one state, one agent's run, as properties see them
 *
 * state vector = node^agents bindings^maps cpuWords buffer^cpus contents^elements      each a number that the dictionary has given
 * </pre>
 *
 * <p>Numbers stand for values, so equal parts of states are equal numbers, and what a step does is computed once for each pair of an agent's node
 * and the one component that decides it. Which number a value has depends on when it was first met; what a search comes to does not.
 *
 * <p>Actors are the agents, and behind them, where memory is not sequentially consistent, the store buffers of the CPUs: what waits there becomes visible in a step
 * of the buffer's.
 *
 * <p>One thread gives numbers. A thread that helps has a system of its own ({@link bpfmc.explorer.system.BpfSystem#helper}), over a draft of the
 * dictionary: what has no number yet it leaves to the one.
 *
 * <p>In {@link bpfmc.explorer.system.symmetry} is told which states are alike, in {@link bpfmc.explorer.system.independence} whose steps are enough, in
 * {@link bpfmc.explorer.system.exact} whether inputs exist that lead down a path.
 */
package bpfmc.explorer.system;
