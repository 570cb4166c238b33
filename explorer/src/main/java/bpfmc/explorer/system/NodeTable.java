package bpfmc.explorer.system;

import bpfmc.model.thread.ThreadAutomaton;
import java.util.Arrays;

/** The nodes of one automaton by number, each made when it is first asked for. */
final class NodeTable {
    private final ThreadAutomaton automaton;
    /** What this is a draft of; null if it is none. */
    private final NodeTable original;
    private Node[] nodes = new Node[64];

    NodeTable(ThreadAutomaton automaton) {
        this(automaton, null);
    }

    private NodeTable(ThreadAutomaton automaton, NodeTable original) {
        this.automaton = automaton;
        this.original = original;
    }

    /** {@return the same for a thread that helps} @param drafted a draft of the automaton */
    NodeTable draft(ThreadAutomaton drafted) {
        return new NodeTable(drafted, this);
    }

    Node get(int number) {
        if (original != null && number < original.nodes.length && original.nodes[number] != null) {
            return original.nodes[number];
        }
        return number < nodes.length && nodes[number] != null ? nodes[number] : make(number);
    }

    private Node make(int number) {
        Node node = Node.of(automaton, number);
        if (automaton.lasting(number)) {
            if (number >= nodes.length) {
                nodes = Arrays.copyOf(nodes, Math.max(number + 1, 2 * nodes.length));
            }
            nodes[number] = node;
        }
        return node;
    }
}
