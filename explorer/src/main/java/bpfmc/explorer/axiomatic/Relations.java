package bpfmc.explorer.axiomatic;

/** The relations between the events of one graph that the axioms are made of. */
final class Relations {
    final Graph graph;
    final Relation po;
    final Relation poloc;
    final Relation rf;
    final Relation co;
    final Relation fr;
    final Relation amo;
    final Relation internal;
    final Relation rfe;
    final Relation coe;
    final Relation fre;

    Relations(Graph graph) {
        this.graph = graph;
        po = graph.po();
        poloc = po.and(graph.sameCell());
        rf = graph.rf();
        co = graph.co();
        fr = graph.fr();
        amo = graph.amo();
        internal = graph.internal();
        rfe = rf.minus(internal);
        coe = co.minus(internal);
        fre = fr.minus(internal);
    }

    /** {@return what x86 keeps of program order: all but a load behind a store; every atomic is a locked instruction there, a compare-and-exchange that fails too} */
    Relation tso() {
        long locked = graph.all(Kind.ATOMIC) | graph.all(Kind.FETCH) | graph.all(Kind.SWAP_READ) | graph.all(Kind.SWAP_WRITE) | graph.all(Kind.SWAP_LOST);
        long all = graph.events();
        return po.between(graph.reads(), all).or(po.between(graph.writes(), graph.writes())).or(po.between(locked, all)).or(po.between(all, locked));
    }
}
