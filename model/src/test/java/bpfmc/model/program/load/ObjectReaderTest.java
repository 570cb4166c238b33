package bpfmc.model.program.load;

import static bpfmc.model.program.load.Samples.map;
import static bpfmc.model.program.load.Samples.program;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bpfmc.model.InputException;
import bpfmc.model.btf.BtfExt;
import bpfmc.model.btf.CoreRelocation;
import bpfmc.model.bytes.Bytes;
import bpfmc.model.elf.ElfFile;
import bpfmc.model.elf.ElfSection;
import bpfmc.model.isa.Instruction;
import bpfmc.model.isa.Register;
import bpfmc.model.kernel.MapType;
import bpfmc.model.program.BpfObject;
import bpfmc.model.program.BpfProgram;
import bpfmc.model.program.Function;
import bpfmc.model.program.MapDefinition;
import bpfmc.model.program.Reference;
import bpfmc.model.program.SourceLine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.collections.api.list.ImmutableList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReaderTest {
    @Test
    void readsEveryObjectOfEveryCompiler() {
        for (String name : Samples.all()) {
            BpfObject object = Samples.read(name);
            assertThat(object.programs()).as(name).isNotEmpty();
            assertThat(object.license()).as(name).endsWith("GPL");
            object.programs().forEach(p -> assertThat(p.functions().getFirst().name()).isEqualTo(p.name()));
        }
        assertThat(Samples.all()).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"locked-clang14", "locked-clang19", "locked-clang22"})
    void appendsSubprogramsInTheOrderOfTheirCalls(String name) {
        BpfObject object = Samples.read(name);
        BpfProgram count = program(object, "count");
        assertThat(count.functions().collect(Function::name)).containsExactly("count", "add", "global_twice");
        assertThat(count.functions().collect(Function::global)).containsExactly(true, false, true);
        assertThat(count.functions().getLast().end()).isEqualTo(count.size());
        for (int slot = 0; slot < count.size(); slot++) {
            if (count.code().get(slot) instanceof Instruction.CallSubprogram call) {
                int target = slot + 1 + call.offset();
                assertThat(count.functionAt(target).start()).isEqualTo(target).isPositive();
            }
        }
        BpfProgram sum = program(object, "sum");
        assertThat(sum.functions().collect(Function::name)).containsExactly("sum", "each", "global_twice");
        assertThat(sum.references().values()).contains(new Reference.Function(sum.functions().get(1).start()));
    }

    @Test
    void followsSubprogramsDepthFirstAsLibbpfDoes() {
        BpfProgram two = program(Samples.read("many-clang19"), "two");
        assertThat(two.functions().collect(Function::name))
                .containsExactly("two", "middle", "leaf", "hidden", "visible", "beside");
        assertThat(two.functions().select(Function::global).collect(Function::name)).containsExactly("two", "visible");
    }

    @Test
    void keepsStaticFunctionsOfAProgramSectionOutOfThePrograms() {
        BpfObject object = Samples.read("many-clang14");
        assertThat(object.programs().collect(BpfProgram::name))
                .containsExactly("one", "two", "probe", "trace", "unknown");
        assertThat(object.notes()).containsExactly(
                "program unknown: section something/unknown names no program type that libbpf knows");
    }

    @Test
    void saysWhereEachInstructionComesFrom() {
        BpfProgram count = program(Samples.read("locked-clang19"), "count");
        SourceLine first = count.lineAt(count.functions().get(1).start() + 3).orElseThrow();
        assertThat(first.file()).isEqualTo("./locked.bpf.c");
        assertThat(first.text()).isEqualTo("\tbpf_spin_lock(&value->lock);");
        assertThat(first.line()).isEqualTo(23);
        assertThat(first.column()).isPositive();
    }

    @Test
    void resolvesMapsAndGlobalData() {
        BpfObject object = Samples.read("locked-clang19");
        BpfProgram count = program(object, "count");
        assertThat(count.references().values()).contains(
                new Reference.Map(map(object, "hash_map").index()),
                new Reference.Data(map(object, ".bss").index(), 0),
                new Reference.Data(map(object, ".rodata").index(), 0),
                new Reference.Data(map(object, ".data").index(), 0));
        assertThat(map(object, ".data").data().orElseThrow().contents()).containsExactly(5, 0, 0, 0);
        assertThat(map(object, ".rodata").readOnlyData()).isTrue();
    }

    @Test
    void loadsAnObjectWithoutBtfAndSaysWhatIsMissing() {
        BpfObject object = Samples.read("legacy-nobtf");
        assertThat(object.btf()).isEmpty();
        assertThat(object.notes()).contains("no BTF: no source lines, no field names, no lock fields; compile with clang -g");
    }

    /** Their sizes are not known, so nothing can be said of who shares what; libbpf refuses such an object too. */
    @Test
    void refusesDeclaredMapsWithoutBtfAndNamesTheCure() {
        assertThatThrownBy(() -> Samples.read("bad-nobtf")).isInstanceOf(InputException.class)
                .hasMessage("bad-nobtf.o: section .maps: hash_map: without BTF the types and sizes of maps are not known, and libbpf does not load them; compile with clang -g");
    }

    @ParameterizedTest
    @ValueSource(strings = {"externs-clang14", "externs-clang19"})
    void namesWhatTheKernelProvides(String name) {
        BpfObject object = Samples.read(name);
        BpfProgram program = program(object, "newtask");
        Reference.Kfunc acquire = (Reference.Kfunc) program.references().values().stream()
                .filter(r -> r instanceof Reference.Kfunc k && k.name().equals("bpf_task_acquire")).findFirst().orElseThrow();
        assertThat(acquire.weak()).isFalse();
        assertThat(acquire.prototype().result().typeName()).isEqualTo("struct task_struct *");
        assertThat(program.references().values()).contains(
                new Reference.KernelSymbol("bpf_task_release", true), new Reference.KernelSymbol("runqueues", false),
                new Reference.KernelSymbol("bpf_prog_active", false));
        MapDefinition kconfig = map(object, ".kconfig");
        assertThat(kconfig.value().fieldAt(8, 4).orElseThrow().name()).isEqualTo("LINUX_KERNEL_VERSION");
        assertThat(program.references().values()).contains(new Reference.Data(kconfig.index(), 8));
        assertThat(kconfig.readOnlyData()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"core-clang16", "core-clang19"})
    void computesCoReValuesAgainWhenTheyAreMissing(String name) {
        String section = "raw_tp/sys_enter";
        byte[] erased = Samples.bytes(name);
        ElfFile elf = ElfFile.parse(Bytes.of(name, erased.clone()));
        ElfSection code = elf.section(section).orElseThrow();
        int start = Collections.indexOfSubList(boxed(erased), boxed(code.content().toArray()));
        ImmutableList<CoreRelocation> relocations = BtfExt.parse(elf.section(".BTF.ext").orElseThrow().content(),
                elf.section(".BTF").orElseThrow().content()).relocations(section);
        assertThat(relocations.collect(CoreRelocation::kind).toSet()).hasSize(13);
        for (CoreRelocation relocation : relocations) {
            int at = start + (int) relocation.offset();
            int opcode = erased[at] & 7;
            boolean load = opcode != 0 && opcode < 4;
            Arrays.fill(erased, at + (load ? 2 : 4), at + (load ? 4 : 8), (byte) 0);
        }
        assertThat(Rendering.of(ObjectReader.read(name + ".o", erased))).isEqualTo(Rendering.of(Samples.read(name)));
    }

    private static List<Byte> boxed(byte[] bytes) {
        return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    }

    @Test
    void keepsJumpTablesAsData() {
        BpfObject object = Samples.read("jumptable-clang22");
        MapDefinition table = map(object, ".jumptables");
        assertThat(table.maxEntries()).isEqualTo(7);
        assertThat(program(object, "dispatch").references().values()).contains(new Reference.Data(table.index(), 0));
        assertThat(object.notes()).containsExactly("section .jumptables: jump tables (gotox) are shown, not followed");
    }

    /** The register's number stands in another field since clang 19. */
    @ParameterizedTest
    @ValueSource(strings = {"indirect-clang14", "indirect-clang22"})
    void readsCallsThroughRegisters(String name) {
        BpfObject object = Samples.read(name);
        assertThat(object.programs().collect(BpfProgram::name)).containsExactly("through_pointer", "pass");
        assertThat(program(object, "through_pointer").code().selectInstancesOf(Instruction.CallIndirect.class)
                .collect(Instruction.CallIndirect::target)).containsExactly(Register.R2);
    }

    @Test
    void readsStaticMapsArenasAndTablesOfFunctions() {
        BpfObject object = Samples.read("special-clang19");
        assertThat(object.maps().collect(MapDefinition::name))
                .containsExactlyInAnyOrder("first", "second", "arena", ".rodata", "table");
        BpfProgram done = program(object, "my_done");
        assertThat(done.references().values()).contains(
                new Reference.Map(map(object, "second").index()), new Reference.Map(map(object, "arena").index()),
                new Reference.Data(map(object, "arena").index(), 0));
        assertThat(map(object, "table").type()).isEqualTo(MapType.STRUCT_OPS);
        assertThat(map(object, "table").value().fieldAt(8, 8).orElseThrow().typeName()).isEqualTo("void (*)(void *)");
        assertThat(object.notes()).contains(
                "section .rodata: addresses in global data are passed over, as libbpf does",
                "section weird: passed over: its name is not one that libbpf knows");
    }

    @Test
    void isTheSameEveryTime() {
        for (String name : Samples.all()) {
            assertThat(Rendering.of(Samples.read(name))).as(name).isEqualTo(Rendering.of(Samples.read(name)));
        }
    }
}
