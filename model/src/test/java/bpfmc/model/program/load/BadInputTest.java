package bpfmc.model.program.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfWriter;
import bpfmc.model.elf.ElfWriter;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a file can be wrong, and the whole message a user reads. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BadInputTest {
    private static final long EXIT = 0x95;
    private static final long CALL_STATIC = 0xffff_ffff_0000_1085L;
    private final ElfWriter elf = new ElfWriter();

    private static void refused(byte[] bytes, String message) {
        assertThatThrownBy(() -> ObjectReader.read("a.o", bytes)).isInstanceOf(InputException.class)
                .hasMessage("a.o: " + message);
    }

    private static byte[] patched(String sample, int offset, int... values) {
        byte[] bytes = Samples.bytes(sample);
        for (int i = 0; i < values.length; i++) {
            bytes[offset + i] = (byte) values[i];
        }
        return bytes;
    }

    private int code(String section, long... words) {
        ByteBuffer out = ElfWriter.little(words.length * 8);
        Arrays.stream(words).forEach(out::putLong);
        return elf.section(section, ElfWriter.CODE, out.array());
    }

    @Test
    void refusesWhatIsNoBpfObject() {
        String advice = ": compile the C source with clang -target bpf -g -O2 -c";
        refused(new byte[0], "the file is empty" + advice);
        refused("#include <linux/bpf.h>".getBytes(), "not an ELF file" + advice);
        refused(Arrays.copyOf(Samples.bytes("cpu-v3-clang19"), 40),
                "ELF header: 40 bytes of 64, the file is truncated" + advice);
        refused(patched("cpu-v3-clang19", 4, 1), "ELF header: offset 4: a 32-bit object, not a 64-bit one" + advice);
        refused(patched("cpu-v3-clang19", 18, 62, 0),
                "ELF header: offset 18: an object for x86-64 (machine 62), not for BPF (machine 247)" + advice);
        refused(patched("cpu-v3-clang19", 16, 2, 0),
                "ELF header: offset 16: file type 2 instead of a relocatable object (1)" + advice);
        refused(Samples.bytes("bad-bigendian"), "ELF header: offset 5: a big-endian object; bpfmc reads little-endian BPF "
                + "only: compile the C source with clang -target bpfel");
    }

    @Test
    void refusesWhatIsNoFile(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> ObjectReader.read(folder)).isInstanceOf(InputException.class)
                .hasMessage(folder + ": is a directory: name an object file compiled with clang -target bpf");
        Path missing = folder.resolve("missing.o");
        assertThatThrownBy(() -> ObjectReader.read(missing)).hasMessage(missing + ": no such file");
        Path good = Files.write(folder.resolve("good.o"), Samples.bytes("cpu-v3-clang19"));
        assertThat(ObjectReader.read(good).name()).isEqualTo("good.o");
    }

    @Test
    void refusesEveryTruncation() {
        byte[] whole = Samples.bytes("locked-clang19");
        for (int length = 0; length < whole.length; length += 13) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ObjectReader.read("a.o", cut)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void refusesSectionsThatLieAboutTheirSize() {
        elf.section("tc", ElfWriter.PROGBITS, ElfWriter.CODE, new byte[8], 1L << 40);
        refused(elf.build(), "section tc: claims 1099511627776 bytes at offset 64, but the file has only "
                + elf.build().length + ": it is truncated or damaged, compile it again");
    }

    @Test
    void allocatesNothingForAHugeZeroedSection() {
        elf.section(".bss", ElfWriter.NOBITS, ElfWriter.ALLOC, new byte[0], 1L << 60);
        refused(elf.build(), "section .bss: 1152921504606846976 bytes; bpfmc reads at most 134217728 bytes of global data "
                + "in all sections together");
    }

    @Test
    void refusesRelocationsThatLeadNowhere() {
        int section = code("tc", CALL_STATIC, EXIT);
        elf.function("main", section, 0, 16);
        int nowhere = elf.symbol("nowhere", 0x11, section, 800, 8);
        elf.relocations(section, new long[] {0, nowhere, 10});
        refused(elf.build(), "program main: section tc: offset 0: function main: a relocation against 'nowhere' leads to "
                + "instruction 100 of section tc, where no function lies");
    }

    @Test
    void refusesRelocationsAgainstWhatDoesNotExist() {
        int section = code("tc", 0x118, 0, EXIT);
        elf.function("main", section, 0, 24);
        elf.relocations(section, new long[] {0, 77, 1});
        refused(elf.build(), "program main: section .reltc: offset 0: refers to symbol 77, but there are only 2");
    }

    @Test
    void refusesRelocationsOutsideOfTheirSection() {
        int section = code("tc", EXIT);
        int main = elf.function("main", section, 0, 8);
        elf.relocations(section, new long[] {800, main, 1});
        refused(elf.build(), "program main: section .reltc: offset 0: relocates offset 800 of section tc, which has only 8 "
                + "bytes");
    }

    @Test
    void refusesRelocationsThatDoNotFitTheInstruction() {
        int section = code("tc", 0xb7, EXIT);
        int main = elf.function("main", section, 0, 16);
        elf.relocations(section, new long[] {0, main, 1});
        refused(elf.build(), "program main: section tc: offset 0: function main: a relocation R_BPF_64_64 against 'main' "
                + "does not fit the instruction with opcode 0xb7");
    }

    @Test
    void refusesAddressesBeyondGlobalData() {
        int section = code("tc", 0x118, 0, EXIT);
        elf.function("main", section, 0, 24);
        int data = elf.section(".data", ElfWriter.ALLOC, new byte[16]);
        elf.relocations(section, new long[] {0, elf.object("far", data, 4096, 8), 1});
        refused(elf.build(), "program main: section tc: offset 0: function main: a relocation against 'far' leads to offset "
                + "4096 of section .data, which has only 16 bytes");
    }

    @Test
    void explainsFunctionsThatAreDefinedNowhere() {
        int section = code("tc", CALL_STATIC, EXIT);
        elf.function("main", section, 0, 16);
        elf.relocations(section, new long[] {0, elf.symbol("elsewhere", 0x10, 0, 0, 0), 10});
        refused(elf.build(), "program main: section tc: offset 0: function main: 'elsewhere' is defined neither here nor by "
                + "the kernel (section .ksyms): link all objects of the program first (bpftool gen object)");
    }

    @Test
    void saysWhichFileDefinesWhatHasToBeLinked(@TempDir Path folder) throws IOException {
        int section = code("tc", CALL_STATIC, EXIT);
        elf.function("main", section, 0, 16);
        elf.relocations(section, new long[] {0, elf.symbol("elsewhere", 0x10, 0, 0, 0), 10});
        Path object = Files.write(folder.resolve("a.o"), elf.build());
        var other = new ElfWriter();
        other.function("elsewhere", other.section(".text", ElfWriter.CODE, new byte[8]), 0, 8);
        Files.write(folder.resolve("b.o"), other.build());
        Files.write(folder.resolve("c.o"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> ObjectReader.read(object)).isInstanceOf(InputException.class).hasMessageEndingWith(
                "'elsewhere' is defined neither here nor by the kernel (section .ksyms): link with b.o first (bpftool gen object)");
    }

    @Test
    void refusesFieldsOfMapsThatLibbpfDoesNotKnow() throws IOException {
        String object = Files.readString(Path.of("..", "specs", "lock", "hash_elem.bpf.o"), StandardCharsets.ISO_8859_1);
        byte[] changed = object.replace("\0max_entries\0", "\0max_entrees\0").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> ObjectReader.read("a.o", changed)).isInstanceOf(InputException.class)
                .hasMessage("a.o: section .maps: map hash_map: unknown field 'max_entrees', which libbpf refuses; did you mean 'max_entries'?");
    }

    @Test
    void refusesFunctionsOutsideOfTheirSection() {
        int section = code("tc", EXIT);
        elf.function("main", section, 0, 80);
        refused(elf.build(), "section tc: function main claims 80 bytes at offset 0, but the section has only 8");
    }

    @Test
    void refusesCallsIntoNothing() {
        int section = code("tc", 0x0000_7000_0000_1085L, EXIT);
        elf.function("main", section, 0, 16);
        refused(elf.build(), "program main: section tc: offset 0: function main: a call of instruction 28673 of the section, "
                + "where no function lies");
    }

    @Test
    void refusesMapsOfUnknownType() {
        BtfWriter btf = new BtfWriter();
        int number = btf.integer("int", 4, true);
        int struct = btf.struct("", 8, btf.string("type"), btf.pointer(btf.array(number, 4711)), 0);
        int variable = btf.type("odd", 14, 0, struct, 1);
        btf.type(".maps", 15, 1, 8, variable, 0, 8);
        int maps = elf.section(".maps", ElfWriter.ALLOC, new byte[8]);
        elf.object("odd", maps, 0, 8);
        elf.section(".BTF", 0, btf.build());
        refused(elf.build(), "section .maps: map odd: map type 4711 is not one the kernel knows");
    }

    @Test
    void refusesMapsWithinThemselves() {
        BtfWriter btf = new BtfWriter();
        int number = btf.integer("int", 4, true);
        int ofMaps = btf.pointer(btf.array(number, 12));
        int values = btf.array(btf.pointer(6), 0);
        int struct = btf.struct("self", 8, btf.string("type"), ofMaps, 0, btf.string("values"), values, 64);
        assertThat(struct).isEqualTo(6);
        int variable = btf.type("outer", 14, 0, struct, 1);
        btf.type(".maps", 15, 1, 8, variable, 0, 8);
        elf.object("outer", elf.section(".maps", ElfWriter.ALLOC, new byte[8]), 0, 8);
        elf.section(".BTF", 0, btf.build());
        refused(elf.build(), "section .maps: map outer: member values: inner maps that have inner maps themselves");
    }

    @Test
    void refusesDamagedTypesWithThePathToThem() {
        BtfWriter btf = new BtfWriter();
        btf.type("loop", 8, 0, 1);
        elf.section(".BTF", 0, btf.build());
        refused(elf.build(), "section .BTF: type 1 (loop): contains itself");
    }

    @Test
    void limitsWhatManyProgramsOverOneHugeSubprogramComeTo() {
        int text = elf.section(".text", ElfWriter.CODE, exits(100_000));
        int huge = elf.function("huge", text, 0, 800_000);
        int programs = 100;
        ByteBuffer calls = ElfWriter.little(programs * 16);
        for (int i = 0; i < programs; i++) {
            calls.putLong(CALL_STATIC).putLong(EXIT);
        }
        int section = elf.section("tc", ElfWriter.CODE, calls.array());
        long[][] relocations = new long[programs][];
        for (int i = 0; i < programs; i++) {
            elf.function("p" + i, section, i * 16L, 16);
            relocations[i] = new long[] {i * 16L, huge, 10};
        }
        elf.relocations(section, relocations);
        assertThatThrownBy(() -> ObjectReader.read("a.o", elf.build())).isInstanceOf(InputException.class)
                .hasMessageContaining("the linked programs come to more than 2000000 instructions");
    }

    private static byte[] exits(int count) {
        ByteBuffer out = ElfWriter.little(count * 8);
        for (int i = 0; i < count; i++) {
            out.putLong(EXIT);
        }
        return out.array();
    }

    @Test
    void endsOnFunctionsThatCallEachOther() {
        int section = code("tc", 0x0000_0001_0000_1085L, EXIT, 0xffff_fffd_0000_1085L, EXIT);
        elf.function("first", section, 0, 16);
        elf.symbol("second", 0x02, section, 16, 16);
        BpfObject object = ObjectReader.read("a.o", elf.build());
        assertThat(object.programs().getFirst().functions().collect(Function::name)).containsExactly("first", "second");
    }

    @Test
    void endsOnTypesThatMultiply() {
        BtfWriter btf = new BtfWriter();
        int type = btf.integer("int", 4, true);
        for (int i = 0; i < 40; i++) {
            type = btf.type("u" + i, 5, 2, 4, btf.string("a"), type, 0, btf.string("b"), type, 0);
        }
        int variable = btf.type("v", 14, 0, type, 1);
        btf.type(".data", 15, 1, 4, variable, 0, 4);
        int data = elf.section(".data", ElfWriter.ALLOC, new byte[4]);
        elf.object("v", data, 0, 4);
        elf.section(".BTF", 0, btf.build());
        MapDefinition map = ObjectReader.read("a.o", elf.build()).maps().getFirst();
        assertThat(map.value().fieldAt(0, 4)).isPresent();
        assertThat(map.value().fields().size()).isLessThanOrEqualTo(4096);
    }

    @Test
    void notesCodeWithoutFunctions() {
        code("tc", EXIT);
        assertThat(ObjectReader.read("a.o", elf.build()).notes()).containsExactly(
                "no BTF: no source lines, no field names, no lock fields; compile with clang -g",
                "section tc: passed over: code without a function symbol",
                "no programs: the object holds no code");
    }
}
