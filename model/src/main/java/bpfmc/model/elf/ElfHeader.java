package bpfmc.model.elf;

import bpfmc.model.InputException;
import bpfmc.model.bytes.Bytes;

/** Where the section table lies. @param names index of the section of section names */
record ElfHeader(long sectionTable, int sections, int names) {
    private static final int BYTES = 64;
    private static final int EM_BPF = 247;
    private static final int RELOCATABLE = 1;
    private static final String ADVICE = ": compile the C source with clang -target bpf -g -O2 -c";

    /** @throws InputException when the file is not a little-endian 64-bit BPF object */
    static ElfHeader parse(Bytes file) {
        if (file.length() == 0) {
            throw new InputException("the file is empty" + ADVICE);
        }
        if (file.length() < 4 || file.i32(0) != 0x464c457f) {
            throw new InputException("not an ELF file" + ADVICE);
        }
        if (file.length() < BYTES) {
            throw new InputException("ELF header: %d bytes of %d, the file is truncated%s"
                    .formatted(file.length(), BYTES, ADVICE));
        }
        checkKind(file);
        int entry = file.u16(58);
        if (entry != 64) {
            throw new InputException("ELF header: offset 58: section headers of " + entry + " bytes instead of 64");
        }
        int sections = file.u16(60);
        if (sections == 0) {
            throw new InputException("ELF header: offset 60: the file has no sections" + ADVICE);
        }
        return new ElfHeader(file.i64(40), sections, file.u16(62));
    }

    private static void checkKind(Bytes file) {
        if (file.u8(4) != 2) {
            throw new InputException("ELF header: offset 4: a 32-bit object, not a 64-bit one" + ADVICE);
        }
        if (file.u8(5) != 1) {
            throw new InputException("ELF header: offset 5: a big-endian object; bpfmc reads little-endian BPF only"
                    + ": compile the C source with clang -target bpfel");
        }
        int machine = file.u16(18);
        if (machine != EM_BPF) {
            throw new InputException("ELF header: offset 18: an object for " + machineName(machine)
                    + ", not for BPF (machine 247)" + ADVICE);
        }
        int type = file.u16(16);
        if (type != RELOCATABLE) {
            throw new InputException("ELF header: offset 16: file type " + type
                    + " instead of a relocatable object (1)" + ADVICE);
        }
    }

    private static String machineName(int machine) {
        return switch (machine) {
            case 3 -> "x86 (machine 3)";
            case 62 -> "x86-64 (machine 62)";
            case 183 -> "AArch64 (machine 183)";
            case 243 -> "RISC-V (machine 243)";
            default -> "machine " + machine;
        };
    }
}
