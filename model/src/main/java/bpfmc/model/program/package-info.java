/**
 * Programs and maps: from the file that clang wrote to what the kernel would run.
 *
 * <pre>
 *   BpfObject     = BpfProgram* MapDefinition* BtfTypes? note*
 *   BpfProgram    = Instruction* Function+ (slot -> Reference) (slot -> SourceLine)
 *   Function      = name first-slot end-slot
 *   Reference     = Map | Data | Function | Kfunc | Kernel | KernelSymbol
 *   MapDefinition = type key value entries ValueLayout DataSection? inner?
 *   ValueLayout   = SpecialField* Field*
 * </pre>
 *
 * The readers are in {@link bpfmc.model.program.load}, programs that bpfmc writes itself in {@link bpfmc.model.program.synthetic}.
 *
 * <p>The result is a pure image of the file, the same on every machine. What libbpf would leave to the running kernel is
 * left open: the values of {@code .kconfig} variables, the addresses of kernel symbols. What is wrong with the file is an
 * {@link bpfmc.model.InputException} that reads as a path of names; what is merely missing or passed over is a note.
 *
 * <p>Hostile files: every size is checked against the file before it is used, and what a file can multiply (strings that
 * overlap, types within types, programs that share subprograms, sections over the same bytes) has a limit.
 *
 * <p>Source of the meanings: tools/lib/bpf/libbpf.c of Linux 7.3 (libbpf 1.7), Documentation/bpf/llvm_reloc.rst.
 */
package bpfmc.model.program;
