package bpfmc.model.isa;

/** The comparison of a conditional jump: equality, bit test, unsigned (no prefix) and signed orders. */
public enum Condition {
    EQ, NE, SET, GT, GE, LT, LE, SGT, SGE, SLT, SLE
}
