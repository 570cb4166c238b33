/**
 * BTF: the C types, functions and source lines that the compiler left in the object.
 *
 * <pre>
 *   BtfTypes = id -> BtfType            section .BTF, id 0 is void
 *   BtfExt   = section name -> LineRecord* CoreRelocation*       section .BTF.ext
 *   LineRecord     = instruction offset, file, line, column, text
 *   CoreRelocation = instruction offset, kind, root type, access string "0:1:2"
 * </pre>
 *
 * {@link bpfmc.model.btf.BtfParser} turns bytes into records; {@link bpfmc.model.btf.BtfTypes} then knows the size of
 * every type, and that no type contains itself. {@link bpfmc.model.btf.CTypeNames} prints types as C does,
 * {@link bpfmc.model.btf.CoreResolver} computes what a CO-RE relocation stands for.
 *
 * <p>Source of the format: Documentation/bpf/btf.rst and include/uapi/linux/btf.h, Linux 7.3.
 */
package bpfmc.model.btf;
