/**
 * The vocabulary of exploration: what a system is, what a judgement of a state is, what a run is. Nothing here knows
 * BPF, and nothing here searches.
 *
 * <pre>
 * state      = component^width          every component an int >= 0, most often the small id of something interned
 * system     = initial state, and for every state its steps in a defined order
 * step       = actor choice state       who moved, which of its alternatives, where that led
 * path       = state step*              one run, told from the start
 * judge      = (state, terminal?) -> finding*
 * </pre>
 *
 * States are vectors of numbers and not objects because there are millions of them: a system translates its own rich
 * values to ids once, and the search only ever copies, packs and compares vectors. The price is that whoever implements
 * {@link bpfmc.explorer.space.TransitionSystem} owns the tables that give the ids their meaning.
 */
package bpfmc.explorer.space;
