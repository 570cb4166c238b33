/**
 * The container: ELF64, little-endian, relocatable, machine BPF, as clang writes it.
 *
 * <pre>
 *   ElfFile       = ElfSection* ElfSymbol* (ElfRelocation* by section)
 *   ElfSection    = name type flags content
 *   ElfSymbol     = name section value size binding kind
 *   ElfRelocation = offset type symbol
 * </pre>
 *
 * Knows nothing of BPF beyond the machine number. Read by hand, because every field may lie: offsets and sizes are
 * checked against the file before they are used, and counts are limited. Source: the System V ABI (gABI), chapters 4 and
 * 5, and llvm/include/llvm/BinaryFormat/ELFRelocs/BPF.def for the relocation types.
 */
package bpfmc.model.elf;
