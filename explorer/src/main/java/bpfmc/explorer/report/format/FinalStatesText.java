package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.report.Wording;
import bpfmc.explorer.verdict.FinalState;
import bpfmc.explorer.verdict.FinalState.Turn;
import bpfmc.explorer.verdict.FinalStates;
import bpfmc.explorer.verdict.ScenarioResult;
import bpfmc.explorer.verdict.Verdict.Reason;
import java.util.Locale;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.impl.factory.Lists;

/** The final states of a scenario as lines of text: what the maps hold, how often, and one run that leads there. */
record FinalStatesText(Naming naming) {

    /** {@return the lines} */
    ImmutableList<String> lines(ScenarioResult scenario, FinalStates finals) {
        MutableList<String> lines = Lists.mutable.empty();
        int count = finals.states().size();
        lines.add(String.format(Locale.ROOT, "Final states of %s: %s%d", scenario.name(), finals.unfinished().notEmpty() ? "at least " : "", count));
        finals.states().each(s -> {
            lines.add(String.format(Locale.ROOT, "%6d  %s%s", s.states(), s.text(), s.weak() ? "   (not sequentially consistent)" : ""));
            if (s.run().notEmpty()) {
                lines.add("        run " + s.run().collect(this::turn).makeString(", "));
            }
            lines.add(s.inputs().map(i -> i.isEmpty() ? "" : "        inputs " + i.makeString(", "))
                    .orElseGet(() -> "        possible: " + s.doubt().orElse("no inputs were found that lead here")));
        });
        finals.unfinished().each(r -> lines.add("        " + (r instanceof Reason.Limit l ? "LIMIT  " + l.limit() + " reached; " + l.way()
                : "UNSUPPORTED  " + Wording.reason(naming, r))));
        return lines.reject(String::isEmpty).toImmutable();
    }

    /** "CPU0 count :23 :24"; steps of one source line are one. */
    private String turn(Turn turn) {
        MutableList<String> places = Lists.mutable.empty();
        turn.slots().each(slot -> {
            String place = naming.line(turn.program(), slot).map(l -> ":" + l.line()).orElse(" instruction " + slot);
            if (places.isEmpty() || !places.getLast().equals(place)) {
                places.add(place);
            }
        });
        return "CPU" + turn.cpu() + " " + turn.program() + " " + places.makeString(" ") + (turn.visible() ? " visible" : "");
    }

    /** {@return a final state as words of JSON} */
    static java.util.Map<String, Object> json(FinalState state) {
        var map = new java.util.LinkedHashMap<String, Object>();
        var holds = new java.util.LinkedHashMap<String, Object>();
        state.holds().each(h -> holds.put(h.place(), h.value()));
        map.put("holds", holds);
        map.put("ended", state.ended());
        map.put("states", state.states());
        if (state.weak()) {
            map.put("weak", true);
        }
        map.put("confirmed", state.inputs().isPresent());
        map.put("inputs", state.inputs().map(ImmutableList::castToList).orElse(java.util.List.of()));
        state.doubt().ifPresent(d -> map.put("doubt", d));
        map.put("run", state.run().collect(t -> {
            var turn = new java.util.LinkedHashMap<String, Object>();
            turn.put("cpu", t.cpu());
            turn.put("program", t.program());
            turn.put("instructions", t.slots().castToList());
            if (t.visible()) {
                turn.put("visible", true);
            }
            return turn;
        }).castToList());
        return map;
    }
}
