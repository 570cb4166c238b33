/**
 * What registers, stack slots and map cells hold.
 *
 * <pre>
 * Value   = Scalar(Term, loads) | Pointer(Region, Term)
 * Term    = Constant | Symbol | Sum(constant, coefficient * Term ...) | Extract(Term, bytes) | Apply(operator, Term, Term)
 * Region  = Stack | Input | Element | Memory | MapHandle | Code | Kernel
 * Facts   = what the conditions passed so far say about terms: known bits, ranges, decided comparisons
 * </pre>
 *
 * A term is a 64-bit value as a function of unknowns ({@link bpfmc.model.value.Symbol}): what the program cannot choose.
 * Terms are built only by {@link bpfmc.model.value.Terms}, which keeps them in a normal form: sums are linear
 * combinations modulo 2^64 in a fixed order, so the order in which CPUs added does not matter; shifts to the left and
 * multiplications by constants are coefficients; narrow accesses are {@code Extract}s that fall away where the bytes
 * fit together again. The 32-bit operations of the instruction set are 64-bit operations followed by an extract.
 *
 * <p>The domain for branches is the kernel verifier's own: known bits (tnum, kernel/bpf/tnum.c) and signed and unsigned
 * ranges (kernel/bpf/verifier.c, reg_bounds_sync), here attached to terms instead of registers.
 */
package bpfmc.model.value;
