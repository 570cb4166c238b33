package bpfmc.model.program.load;

import static bpfmc.model.program.load.Samples.map;
import static org.assertj.core.api.Assertions.assertThat;

import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SpecialKind;
import bpfmc.model.program.ValueLayout.SpecialField;
import bpfmc.model.program.ValueLayout;
import java.util.Optional;
import org.eclipse.collections.api.factory.primitive.IntObjectMaps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapReadingTest {
    private final BpfObject maps = Samples.read("maps-clang19");

    @ParameterizedTest
    @CsvSource({
        "wide, ARRAY, 4, 5048, 2, 0", "sized, LRU_PERCPU_HASH, 12, 24, 1048576, 2", "ring, RINGBUF, 0, 0, 4096, 0",
        "outer, ARRAY_OF_MAPS, 4, 4, 4, 0", "outer_hash, HASH_OF_MAPS, 4, 4, 8, 0", "jumps, PROG_ARRAY, 4, 4, 2, 0",
        "bloom, BLOOM_FILTER, 0, 8, 1, 0", "first, ARRAY, 4, 8, 1, 0"
    })
    void readsEveryFormOfDeclaration(String name, MapType type, int key, int value, long entries, long flags) {
        MapDefinition map = map(maps, name);
        assertThat(map.type()).isEqualTo(type);
        assertThat(map.keySize()).isEqualTo(key);
        assertThat(map.valueSize()).isEqualTo(value);
        assertThat(map.maxEntries()).isEqualTo(entries);
        assertThat(map.flags()).isEqualTo(flags);
        assertThat(maps.maps().get(map.index())).isSameAs(map);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maps-clang16", "maps-clang19"})
    void findsSpecialFieldsBeyondFourKilobytesAndInNestedStructs(String object) {
        ValueLayout value = map(Samples.read(object), "wide").value();
        assertThat(value.typeName()).isEqualTo("elem_t");
        assertThat(value.special()).containsExactly(
                new SpecialField(SpecialKind.SPIN_LOCK, 5008, 4, 1, false),
                new SpecialField(SpecialKind.TIMER, 5016, 16),
                new SpecialField(SpecialKind.KPTR, 5032, 8, 0, false, Optional.empty(),
                        Optional.of("its kptr points to void, which BTF does not describe as a struct")));
    }

    @Test
    void namesAnyRangeOfAValue() {
        ValueLayout value = map(maps, "wide").value();
        assertThat(value.fieldAt(5000, 8).orElseThrow().name()).isEqualTo("nested.before");
        assertThat(value.fieldAt(5004, 8).orElseThrow().name()).isEqualTo("nested");
        assertThat(value.fieldAt(4321, 1).orElseThrow().name()).isEqualTo("name[4321]");
        assertThat(value.fieldAt(4321, 2).orElseThrow().typeName()).isEqualTo("char[5000]");
        assertThat(value.fieldAt(5041, 1).orElseThrow().name()).isEqualTo("bytes.high");
        assertThat(value.fieldAt(5040, 4).orElseThrow().name()).isEqualTo("word");
        assertThat(value.fieldAt(5044, 2).orElseThrow().name()).isEqualTo("kind");
        assertThat(value.fieldAt(5008, 4).orElseThrow().name()).isEqualTo("nested.lock");
        assertThat(value.fieldAt(5016, 8).orElseThrow().typeName()).isEqualTo("struct bpf_timer");
        assertThat(value.fieldAt(4998, 4)).isEmpty();
        assertThat(value.fieldAt(6000, 4)).isEmpty();
        assertThat(map(maps, "first").value().fieldAt(0, 8).orElseThrow().name()).isEqualTo("value");
    }

    @Test
    void readsInnerMapsAndTheirInitialPlaces() {
        MapDefinition outer = map(maps, "outer");
        assertThat(outer.initialInner()).containsExactly(map(maps, "second").index(), -1, map(maps, "first").index());
        MapDefinition inner = map(maps, "outer_hash").inner().orElseThrow();
        assertThat(inner.type()).isEqualTo(MapType.HASH);
        assertThat(inner.keySize()).isEqualTo(8);
        assertThat(inner.value().special()).containsExactly(new SpecialField(SpecialKind.SPIN_LOCK, 8, 4));
        assertThat(map(maps, "outer_hash").initialInner()).isEmpty();
        assertThat(map(maps, "jumps").initialPrograms()).isEqualTo(IntObjectMaps.immutable.with(1, "called"));
        assertThat(maps.notes()).containsExactly("map jumps: holds programs from the start: [1] = called");
    }

    @ParameterizedTest
    @ValueSource(strings = {"globals-clang19", "globals-clang22"})
    void giveEachDataSectionItsOwnMapAndLock(String name) {
        BpfObject object = Samples.read(name);
        assertThat(object.maps().collect(MapDefinition::name)).containsExactlyInAnyOrder(
                ".data", ".rodata", ".rodata.more", ".bss", ".data.A", ".data.B", ".bss.cold");
        for (String section : new String[] {".data.A", ".data.B"}) {
            assertThat(map(object, section).value().special())
                    .containsExactly(new SpecialField(SpecialKind.SPIN_LOCK, 0, 4));
        }
        assertThat(map(object, ".data.B").value().fieldAt(8, 8).orElseThrow().name()).isEqualTo("guarded_b");
        assertThat(map(object, ".bss.cold").valueSize()).isEqualTo(70000);
        assertThat(map(object, ".bss.cold").value().fieldAt(69999, 1).orElseThrow().name()).isEqualTo("cold[69999]");
        assertThat(map(object, ".bss").value().fieldAt(4 + 2 * 20 + 12, 4).orElseThrow().name())
                .isEqualTo("counters[2].by_size[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-clang14", "legacy-nobtf"})
    void readsMapsOfTheTimeBeforeBtf(String name) {
        BpfObject object = Samples.read(name);
        MapDefinition hash = map(object, "old_hash");
        assertThat(hash.type()).isEqualTo(MapType.HASH);
        assertThat(hash.maxEntries()).isEqualTo(64);
        assertThat(hash.flags()).isEqualTo(MapDefinition.NO_PREALLOC);
        assertThat(map(object, "old_array").valueSize()).isEqualTo(16);
        assertThat(object.programs().getFirst().references().values())
                .contains(new Reference.Map(0), new Reference.Map(1));
    }

    @Test
    void takesLegacyTypesFromTheAnnotation() {
        assertThat(map(Samples.read("legacy-clang14"), "old_array").value().special())
                .containsExactly(new SpecialField(SpecialKind.SPIN_LOCK, 8, 4));
    }
}
