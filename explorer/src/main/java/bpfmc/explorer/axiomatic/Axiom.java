package bpfmc.explorer.axiomatic;

import java.util.List;

/** What an execution must not have. All are monotone: more events and edges never mend a graph that breaks one, so parts of executions may be asked. */
enum Axiom {
    COHERENT("each cell has one order that all agree on (po-loc | rf | co | fr)", true) {
        @Override
        Relation of(Judged graph) {
            Relations r = graph.relations;
            return r.poloc.or(r.rf).or(r.co).or(r.fr);
        }
    },
    COHERENT_SWAPS("each cell has one order that all agree on (po-loc | amo | rf | co | fr)", true) {
        @Override
        Relation of(Judged graph) {
            return COHERENT.of(graph).or(graph.relations.amo);
        }
    },
    ATOMIC("nobody writes between the two halves of a compare-and-exchange (amo & (fre ; coe))", false) {
        @Override
        Relation of(Judged graph) {
            Relations r = graph.relations;
            return r.amo.isEmpty() ? r.amo : r.amo.and(r.fre.then(r.coe));
        }
    },
    HAPPENS_BEFORE("nothing happens before itself (hb)", true) {
        @Override
        Relation of(Judged graph) {
            return graph.bpf().hb();
        }
    },
    PROPAGATES_BEFORE("nothing reaches all CPUs before itself (pb)", true) {
        @Override
        Relation of(Judged graph) {
            return graph.bpf().pb();
        }
    },
    TOTAL_STORE_ORDER("one order of all but stores that later loads overtake (ppo | rfe | co | fr)", true) {
        @Override
        Relation of(Judged graph) {
            Relations r = graph.relations;
            return r.tso().or(r.amo).or(r.rfe).or(r.co).or(r.fr);
        }
    },
    INTERLEAVED("one order of everything (po | amo | rf | co | fr)", true) {
        @Override
        Relation of(Judged graph) {
            Relations r = graph.relations;
            return r.po.or(r.amo).or(r.rf).or(r.co).or(r.fr);
        }
    };

    private final String words;
    private final boolean acyclic;

    Axiom(String words, boolean acyclic) {
        this.words = words;
        this.acyclic = acyclic;
    }

    /** {@return the relation that must have no circle, or must be empty} */
    abstract Relation of(Judged graph);

    String words() {
        return words;
    }

    boolean holds(Judged graph) {
        Relation relation = of(graph);
        return acyclic ? relation.isAcyclic() : relation.isEmpty();
    }

    /** {@return the events of a shortest circle, or of a pair that must not be} */
    List<Integer> offence(Judged graph) {
        Relation relation = of(graph);
        if (acyclic) {
            return relation.circle();
        }
        for (int e = 0; e < relation.size(); e++) {
            if (relation.row(e) != 0) {
                return List.of(e, Long.numberOfTrailingZeros(relation.row(e)));
            }
        }
        return List.of();
    }
}
