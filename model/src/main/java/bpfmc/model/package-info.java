/**
 * What a BPF program means. No search, no printing.
 *
 * <pre>
 * bytes -> elf, btf -> program -> thread -> memory
 *                        |          |
 *                       isa       value
 * kernel: Linux knowledge, used by program and thread
 * </pre>
 *
 * <ul>
 *   <li>{@link bpfmc.model.bytes}, {@link bpfmc.model.elf}, {@link bpfmc.model.btf}: readers that survive any bytes
 *   <li>{@link bpfmc.model.isa}: one record for each kind of instruction; bytes to instructions, back, and to text
 *   <li>{@link bpfmc.model.program}: the object as a pure image of its file: programs linked, maps laid out
 *   <li>{@link bpfmc.model.kernel}: map types, program types, section names, helpers, as tables
 *   <li>{@link bpfmc.model.value}: what registers and memory hold: known numbers, unknown terms, addresses
 *   <li>{@link bpfmc.model.thread}: one run's private behaviour, squeezed to its visible operations
 *   <li>{@link bpfmc.model.memory}: what visible operations do to shared memory
 * </ul>
 *
 * What the user did wrong is an {@link bpfmc.model.InputException}; every other exception is a fault of bpfmc.
 */
package bpfmc.model;
