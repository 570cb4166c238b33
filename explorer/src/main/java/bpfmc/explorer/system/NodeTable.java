package bpfmc.explorer.system;

import bpfmc.model.Reading;
import bpfmc.model.thread.ThreadAutomaton;
import java.util.Arrays;

/** The nodes of one automaton by number, each made when it is first asked for. */
final class NodeTable {
    private final ThreadAutomaton automaton;
    private Node[] nodes = new Node[64];

    NodeTable(ThreadAutomaton automaton) {
        this.automaton = automaton;
    }

    /** {@return how many nodes the automaton has} */
    int size() {
        return automaton.size();
    }

    Node get(int number) {
        if (number < nodes.length && nodes[number] != null) {
            return nodes[number];
        }
        return make(number);
    }

    private Node make(int number) {
        Reading.mayLearn();
        if (number >= nodes.length) {
            nodes = Arrays.copyOf(nodes, Math.max(number + 1, 2 * nodes.length));
        }
        nodes[number] = Node.of(automaton, number);
        return nodes[number];
    }
}
