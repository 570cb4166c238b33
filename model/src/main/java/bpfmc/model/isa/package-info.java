/**
 * The instruction set: bytes to records and back, and records to text.
 *
 * <pre>
 * Code        = Slot ...                    8 bytes each, little-endian
 * Slot        = opcode dst src offset immediate    (1 byte, 4 bits, 4 bits, 2 bytes, 4 bytes)
 * Instruction = Slot | Slot Slot            two for a 64-bit immediate load; by slot, null stands for the second
 * </pre>
 *
 * {@link bpfmc.model.isa.InstructionDecoder} is strict, {@link bpfmc.model.isa.InstructionEncoder} is its inverse:
 * whatever bytes are accepted come out again unchanged. The records mean what
 * Documentation/bpf/standardization/instruction-set.rst says (Linux 7.3), with names in place of numbers.
 */
package bpfmc.model.isa;
