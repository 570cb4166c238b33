package bpfmc.explorer.report.format;

import bpfmc.explorer.report.Naming;
import bpfmc.explorer.verdict.StateGraph;
import org.eclipse.collections.api.list.ImmutableList;
import org.eclipse.collections.impl.factory.Lists;

/** What pictures of states say. */
final class StateTexts {
    /** Why there is no picture. */
    static final String NONE = "no graph: more than " + StateGraph.MOST + " states, or not explored";

    private StateTexts() {}

    /** {@return the lines in a state's box} */
    static ImmutableList<String> lines(StateGraph.Node node, int number) {
        return Lists.immutable.with(String.valueOf(number)).newWithAll(node.holds()).newWithAll(node.owned()).newWithAll(node.faults().collect(f -> "violates " + f));
    }

    /** {@return what is written beside a step's arrow} */
    static String step(Naming naming, StateGraph.Arc arc) {
        return "CPU" + arc.cpu() + " " + arc.program() + "\n" + naming.where(arc.program(), arc.slot()) + " " + arc.action();
    }
}
