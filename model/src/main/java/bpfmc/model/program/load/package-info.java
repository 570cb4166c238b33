/**
 * From the file that clang wrote to the image of package {@code program}. {@link bpfmc.model.program.load.ObjectReader} tells the story in one method: maps come from
 * {@code MapTableBuilder}, functions from {@code CodeFunctions}; {@code CodeUnits} resolves each function on its own, once; {@code Linker} lays the functions that a
 * program reaches one after the other, in libbpf's order. {@link bpfmc.model.program.load.TailCalls} adds the code of programs that tail calls reach.
 */
package bpfmc.model.program.load;
