/**
 * What a BPF program means. No search, no printing.
 *
 * <pre>
 * bytes -> elf, btf -> program -> step -> machine -> call -> flow -> thread -> verifier -> rules
 *                        |                             |
 *                    isa, value, kernel              memory -> lock
 * </pre>
 *
 * In reading order:
 *
 * <ul>
 *   <li>{@link bpfmc.model.bytes}, {@link bpfmc.model.elf}, {@link bpfmc.model.btf}: readers that survive any bytes
 *   <li>{@link bpfmc.model.isa}: one record for each kind of instruction; bytes to instructions, back, and to text
 *   <li>{@link bpfmc.model.value}: what registers and memory hold: known numbers, unknown terms, addresses
 *   <li>{@link bpfmc.model.kernel}: Linux as tables: helpers and kernel functions, flags, map types, contexts, what changed in which version
 *   <li>{@link bpfmc.model.program}: the image of the file; {@link bpfmc.model.program.load} its readers,
 *       {@link bpfmc.model.program.synthetic} what bpfmc writes itself
 *   <li>{@link bpfmc.model.step}: the alphabet: visible operations and answers
 *   <li>{@link bpfmc.model.machine}: what a run knows
 *   <li>{@link bpfmc.model.call}: one class a family of helpers and kernel functions
 *   <li>{@link bpfmc.model.flow}: static analyses
 *   <li>{@link bpfmc.model.thread}: one run's private behaviour, squeezed to its visible operations
 *   <li>{@link bpfmc.model.verifier}: one program alone, every answer unknown
 *   <li>{@link bpfmc.model.rules}: one class a lock rule
 *   <li>{@link bpfmc.model.lock}: locks as specification, as step machines, as Java
 *   <li>{@link bpfmc.model.memory}: what visible operations do to shared memory
 * </ul>
 *
 * What the user did wrong is an {@link bpfmc.model.InputException}; every other exception is a fault of bpfmc.
 */
package bpfmc.model;
