/**
 * How a finding comes about. {@link bpfmc.explorer.check.witness.Counterexamples} looks for the shortest way to each, replays it with nothing
 * forgotten, and looks for inputs that lead down; {@code ExactSearch} looks at all ways where these are closed. A way is told by
 * {@link bpfmc.explorer.check.witness.Trace} in steps and numbers, with what {@code TraceNotes}, {@code StaleCause} and {@code LostStore} add; memory, unknowns and
 * inputs have the names of the source ({@code ContentNames}, {@code TermNames}, {@code InputNames}).
 */
package bpfmc.explorer.check.witness;
