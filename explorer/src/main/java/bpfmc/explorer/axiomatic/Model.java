package bpfmc.explorer.axiomatic;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Memory models: which executions they allow. Each allows what the one before it allows. */
public enum Model {
    /** Sequential consistency: the accesses of all threads, interleaved. */
    SC("sc", Axiom.INTERLEAVED, Axiom.ATOMIC),
    /** x86: loads may overtake earlier stores. */
    TSO("tso", Axiom.COHERENT_SWAPS, Axiom.ATOMIC, Axiom.TOTAL_STORE_ORDER),
    /** The BPF model, where a compare-and-exchange writes behind what it reads. */
    BPF_STRICT("bpf-strict", Axiom.COHERENT_SWAPS, Axiom.ATOMIC, Axiom.HAPPENS_BEFORE, Axiom.PROPAGATES_BEFORE),
    /** The BPF model as herd7 has it: a compare-and-exchange may write before the very write that it reads. */
    BPF("bpf", Axiom.COHERENT, Axiom.ATOMIC, Axiom.HAPPENS_BEFORE, Axiom.PROPAGATES_BEFORE),
    /** One order for each cell and no more, to show what other models refuse. */
    COHERENCE("coherence", Axiom.COHERENT_SWAPS, Axiom.ATOMIC),
    /** No order at all, to show what other models refuse. */
    ANYTHING("anything");

    private final String option;
    private final List<Axiom> axioms;

    Model(String option, Axiom... axioms) {
        this.option = option;
        this.axioms = List.of(axioms);
    }

    /** {@return the models that somebody may ask for} */
    public static List<Model> offered() {
        return List.of(BPF, BPF_STRICT, TSO, SC);
    }

    /** {@return the models that allow more} */
    public List<Model> weaker() {
        return Stream.of(values()).filter(m -> m.ordinal() > ordinal()).toList();
    }

    /** {@return whether a read may have a value that comes from itself} */
    boolean valuesMayComeFirst() {
        return this == ANYTHING;
    }

    /** {@return whether what stands behind an acquire or a fence comes behind it, and a fence behind what stands before it} */
    boolean hasFences() {
        return compareTo(BPF) <= 0;
    }

    /** {@return its name on the command line} */
    public String option() {
        return option;
    }

    /** {@return whether an execution may begin like this} */
    boolean allows(Graph graph) {
        Judged judged = new Judged(graph);
        for (Axiom axiom : axioms) {
            if (!axiom.holds(judged)) {
                return false;
            }
        }
        return true;
    }

    /** {@return why a graph is refused; empty when it is not} */
    public Optional<Refusal> refusal(Graph graph) {
        Judged judged = new Judged(graph);
        for (Axiom axiom : axioms) {
            if (!axiom.holds(judged)) {
                return Optional.of(new Refusal(axiom.words(), axiom.offence(judged)));
            }
        }
        return Optional.empty();
    }

    /** {@return whether all may see what a compare-and-exchange writes before its read has a value} */
    boolean swapsMayWriteFirst() {
        return this == BPF;
    }

    /** {@return whether its own thread may see what an atomic without a result stores before its read has a value} */
    boolean atomicsMayBeForwarded() {
        return this == BPF || this == BPF_STRICT;
    }

    /**
     * Why a model refuses an execution.
     *
     * @param axiom the axiom, in words
     * @param circle the events of the circle, in order
     */
    public record Refusal(String axiom, List<Integer> circle) {}
}
