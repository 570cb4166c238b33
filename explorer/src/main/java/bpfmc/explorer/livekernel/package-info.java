/**
 * The running kernel as a witness: what its verifier says of programs, beside what the rules say of them, and what they do.
 *
 * <pre>
 * LiveKernel    the kernel, through the system's libbpf (Libbpf, CLibrary, Options, LibbpfMessages); loads programs one by one
 * Said          what was said while a program was loaded, read for why it ended so
 * KernelVerdict what the kernel says of a program
 * Compared      the rules' judgement and the kernel's verdict
 * KernelObject  maps, types and programs of an object, made in the kernel; KernelLinker, ProgramWriter: programs that are put together here
 * KernelPair    two programs behind drivers that meet inside the kernel (Driver; RepeatedPair, RepeatedDriver: by thousands in one call)
 * Rounds        what two threads on two CPUs (TwoCpus, Shifts) have seen them leave behind (MemoryImage, Place)
 * </pre>
 *
 * Nothing is attached, nothing pinned, no setting changed. No class of it is loaded by a command that does not ask the kernel.
 */
package bpfmc.explorer.livekernel;
