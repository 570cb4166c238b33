package bpfmc.model.isa;

/** Binary arithmetic, {@code dst = dst op src} (Documentation/bpf/standardization/instruction-set.rst, section 4.1). */
public enum AluOp {
    ADD, SUB, MUL, DIV, SDIV, OR, AND, LSH, RSH, MOD, SMOD, XOR, ARSH
}
