package bpfmc.explorer.verdict;

import java.util.Optional;
import org.eclipse.collections.api.list.ImmutableList;

/**
 * One way in which a scenario can leave the maps.
 *
 * @param holds what was touched, in the order of the maps, then what the runs have handed out
 * @param ended whether every run came to its end; otherwise nobody can go on
 * @param states how many terminal states of the search hold this; those differ in what the runs know
 * @param run one run that leads here, with few changes of CPU; empty when the search for it reached a limit
 * @param inputs of that run, as told; none when no inputs were found @param doubt then, why not: the state may not be reachable
 * @param weak whether there is no such state where every store is seen at once
 */
public record FinalState(ImmutableList<Held> holds, boolean ended, long states, ImmutableList<Turn> run, Optional<ImmutableList<String>> inputs,
        Optional<String> doubt, boolean weak) {

    /** {@return the same as one that sequential consistency does not have} */
    public FinalState onlyWeak() {
        return new FinalState(holds, ended, states, run, inputs, doubt, true);
    }

    /**
     * @param place element and field by their C names: "hash_map[0].cnt"; or what a run has handed out, "return(count)",
     *     "read(user:lookup hash_map).cnt" @param value a number, what was there before ("old + 1"), or a term over unknowns
     */
    public record Held(String place, String value) {}

    /** Steps that one agent makes without another one in between. @param slots of the instructions @param visible whether what they have stored becomes visible, which is no step of the agent */
    public record Turn(int cpu, String program, ImmutableList<Integer> slots, boolean visible) {}

    /** {@return "hash_map[0].cnt = 2, ..."} */
    public String text() {
        return (ended ? "" : "nobody can go on; ") + (holds.isEmpty() ? "nothing was changed" : holds.collect(h -> h.place() + " = " + h.value()).makeString(", "));
    }
}
