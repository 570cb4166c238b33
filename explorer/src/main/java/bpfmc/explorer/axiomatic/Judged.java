package bpfmc.explorer.axiomatic;

/** A graph that is asked for several axioms: what more than one of them needs is computed once. */
final class Judged {
    final Relations relations;
    private BpfOrder bpf;

    Judged(Graph graph) {
        relations = new Relations(graph);
    }

    BpfOrder bpf() {
        if (bpf == null) {
            bpf = new BpfOrder(relations);
        }
        return bpf;
    }
}
