package bpfmc.model.program.load;

import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.btf.BtfWriter;
import bpfmc.model.elf.ElfWriter;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.Reference;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One object with 600 maps and 400 programs, in one section each, written by hand. */
class ManyTest {
    private static final int MAPS = 600;
    private static final int PROGRAMS = 400;
    private static final int MAP_BYTES = 32;
    /** r1 = map ll; r0 = 0; exit. */
    private static final int PROGRAM_BYTES = 32;

    static byte[] object() {
        BtfWriter btf = new BtfWriter();
        int number = btf.integer("int", 4, true);
        int hash = btf.pointer(btf.array(number, 1));
        int struct = btf.struct("", MAP_BYTES, btf.string("type"), hash, 0, btf.string("key"), btf.pointer(number), 64,
                btf.string("value"), btf.pointer(number), 128, btf.string("max_entries"), hash, 192);
        int[] placed = new int[MAPS * 3];
        for (int i = 0; i < MAPS; i++) {
            placed[i * 3] = btf.type("map" + i, 14, 0, struct, 1);
            placed[i * 3 + 2] = MAP_BYTES;
        }
        btf.type(".maps", 15, MAPS, MAPS * MAP_BYTES, placed);
        ByteBuffer code = ElfWriter.little(PROGRAMS * PROGRAM_BYTES);
        for (int i = 0; i < PROGRAMS; i++) {
            code.putLong(0x118).putLong(0).putLong(0xb7).putLong(0x95);
        }
        ElfWriter elf = new ElfWriter();
        int section = elf.section("xdp", ElfWriter.CODE, code.array());
        int maps = elf.section(".maps", ElfWriter.ALLOC, new byte[MAPS * MAP_BYTES]);
        elf.section(".BTF", 0, btf.build());
        elf.section("license", ElfWriter.ALLOC, new byte[] {'G', 'P', 'L', 0});
        int[] symbols = IntStream.range(0, MAPS)
                .map(i -> elf.object("map" + i, maps, (long) i * MAP_BYTES, MAP_BYTES)).toArray();
        IntStream.range(0, PROGRAMS)
                .forEach(i -> elf.function("program" + i, section, (long) i * PROGRAM_BYTES, PROGRAM_BYTES));
        elf.relocations(section, IntStream.range(0, PROGRAMS)
                .mapToObj(i -> new long[] {(long) i * PROGRAM_BYTES, symbols[i * 7 % MAPS], 1}).toArray(long[][]::new));
        return elf.build();
    }

    @Test
    void readsHundredsOfMapsAndPrograms() {
        BpfObject object = ObjectReader.read("many.o", object());
        assertThat(object.maps()).hasSize(MAPS);
        assertThat(object.programs()).hasSize(PROGRAMS);
        assertThat(object.programs().get(399).references().get(0)).isEqualTo(new Reference.Map(399 * 7 % MAPS));
        assertThat(object.maps().get(599).name()).isEqualTo("map599");
    }
}
